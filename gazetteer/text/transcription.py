"""Names from abroad in Chinese characters: read by the sounds they were chosen for, not as Mandarin says them now."""

import re

from gazetteer.text.tables import table

READINGS = {ord(character): roman for character, roman in table("romanise/transcription.tsv", "character", "roman")}
TRANSCRIBED = re.compile(rf"(?<!\S)[{''.join(map(chr, READINGS))}]{{2,}}(?!\S)")


def read_transcribed(text: str) -> str:
    """The text with the words that are nothing but characters of transcription in Latin letters."""
    return TRANSCRIBED.sub(lambda word: word.group().translate(READINGS), text)
