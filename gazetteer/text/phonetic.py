"""Phonetic codes: how a romanised name sounds to an English ear."""

import jellyfish


def phonetic(roman: str) -> str:
    """The Metaphone code of a romanised name; empty for an empty one, the name itself where nothing sounds (digits)."""
    return jellyfish.metaphone(roman) or roman
