"""Language tags (BCP 47): checked strictly in data of ours, made from what sources write for languages.

A tag here is a language, then perhaps a script and a region or a variant: `ar`, `ckb`, `sr-Latn`, `zh-TW`, `be-tarask`.
A language that has a two-letter code is tagged with it (RFC 5646, 2.2.1: "the shortest"): `ku`, never `kur`.
"""

import re
from functools import cache

import pycountry

TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z][a-z0-9]{4,7}|[0-9][a-z0-9]{3}))?")


@cache
def is_tag(tag: str) -> bool:
    """Whether the tag is well formed, canonical in case, and of a language that ISO 639 registers."""
    if not TAG.fullmatch(tag):
        return False
    language = tag.split("-")[0]
    if len(language) == 2:
        return pycountry.languages.get(alpha_2=language) is not None
    known = pycountry.languages.get(alpha_3=language)
    return known is not None and not hasattr(known, "alpha_2")


@cache
def tag_of(written: str) -> str | None:
    """The tag of a language as a source writes it ("kur", "zh_tw", "PT-br"); None for what is no language.

    A three-letter code that pycountry does not list is kept: ISO 639-5 groups ("bih", "nah") are languages in sources.
    """
    subtags = [cased(subtag) for subtag in re.split("[-_]", written.strip())]
    language = pycountry.languages.get(alpha_3=subtags[0].lower()) if len(subtags[0]) == 3 else None
    subtags[0] = getattr(language, "alpha_2", subtags[0].lower())
    tag = "-".join(subtags)
    return tag if TAG.fullmatch(tag) and (len(subtags[0]) == 3 or is_tag(tag)) else None


def cased(subtag: str) -> str:
    """A subtag in the case RFC 5646 recommends: Latn, TW, the rest in lower case."""
    if len(subtag) == 4 and subtag.isalpha():
        return subtag.title()
    return subtag.upper() if len(subtag) == 2 else subtag.lower()
