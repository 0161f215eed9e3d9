"""Writes `gazetteer/data/country_names.tsv`: the names of countries in the languages that place names are written in.

    python training/country_names.py

The names are CLDR's, as the `babel` package has them; regions that are no country are left out.
"""

from pathlib import Path

import babel

TARGET = Path(__file__).parent.parent / "gazetteer" / "data" / "country_names.tsv"
LANGUAGES = """
    af am ar az be bg bn bs ca ckb cs cy da de el en eo es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja ka kk
    km kn ko ku ky lo lt lv mk ml mn mr ms my nb nl nn no or pa pl ps pt ro ru si sk sl sq sr sr_Latn sv sw ta te tg th
    tk tr uk ur uz vi zh zh_Hant
"""
NO_COUNTRY = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
HEAD = """# The names of countries by language, parted by |: what may stand behind a name to say where it is.
# Source: Unicode CLDR (Unicode licence) as the babel package {version} has it; written by training/country_names.py.
language	names
"""


def main() -> None:
    """One row a language."""
    rows = [f"{language}\t{'|'.join(names(language))}\n" for language in LANGUAGES.split()]
    TARGET.write_text(HEAD.format(version=babel.__version__) + "".join(rows), encoding="utf-8")


def names(language: str) -> list[str]:
    """The names of all countries in a language, in order."""
    territories = babel.Locale.parse(language).territories
    return sorted({name for code, name in territories.items() if len(code) == 2 and code not in NO_COUNTRY})


if __name__ == "__main__":
    main()
