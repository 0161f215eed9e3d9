"""A small gazetteer, written down as rows, for tests of everything that stands on a snapshot."""

from pathlib import Path

from gazetteer.index.build import build
from gazetteer.index.rows import EntityRow, IdentifierRow, NameRow, ParentRow, Rows
from gazetteer.index.snapshot import Snapshot

IRAQ, SYRIA, KIRKUK_PROVINCE, KIRKUK, HAWIJA, TAL_AFAR, TAL_ABYAD, DEIR_CITY, DEIR_PROVINCE = range(1, 10)
TRIPOLI_LY, TRIPOLI_LB, EUPHRATES, ISIS, LEBANON, LIBYA, MOSUL, OLD_MOSUL, SADR_CITY = range(10, 19)

ENTITIES = [
    EntityRow(IRAQ, "iraq", "place", "country", "IQ", "Iraq", None, None, None, 35),
    EntityRow(SYRIA, "syria", "place", "country", "SY", "Syria", None, None, None, 35),
    EntityRow(LEBANON, "lebanon", "place", "country", "LB", "Lebanon", None, None, None, 35),
    EntityRow(LIBYA, "libya", "place", "country", "LY", "Libya", None, None, None, 35),
    EntityRow(KIRKUK_PROVINCE, "kirkuk-p", "place", "admin1", "IQ", "Kirkuk Governorate", 35.4, 44.2, None, 100),
    EntityRow(KIRKUK, "kirkuk", "place", "settlement", "IQ", "Kirkuk", 35.47, 44.39, 600_000, 100),
    EntityRow(HAWIJA, "hawija", "place", "settlement", "IQ", "Hawija", 35.326, 43.773, 100_000, 100),
    EntityRow(TAL_AFAR, "tal-afar", "place", "settlement", "IQ", "Tal Afar", 36.38, 42.45, 160_000, 100),
    EntityRow(TAL_ABYAD, "tal-abyad", "place", "settlement", "SY", "Tal Abyad", 36.7, 38.96, 15_000, 100),
    EntityRow(DEIR_CITY, "deir", "place", "settlement", "SY", "Deir ez-Zor", 35.34, 40.14, 240_000, 100),
    EntityRow(DEIR_PROVINCE, "deir-p", "place", "admin1", "SY", "Deir ez-Zor Governorate", 35.0, 40.5, None, 100),
    EntityRow(TRIPOLI_LY, "tripoli-ly", "place", "settlement", "LY", "Tripoli", 32.88, 13.19, 1_150_000, 30),
    EntityRow(TRIPOLI_LB, "tripoli-lb", "place", "settlement", "LB", "Tripoli", 34.43, 35.83, 730_000, 30),
    EntityRow(EUPHRATES, "euphrates", "place", "river", None, "Euphrates", None, None, None, 100),
    EntityRow(ISIS, "isis", "organisation", "armed_group", None, "Islamic State", None, None, None, 100),
    EntityRow(MOSUL, "mosul", "place", "settlement", "IQ", "Mosul", 36.335, 43.119, 1_700_000, 100),
    EntityRow(OLD_MOSUL, "old-mosul", "place", "settlement", "IQ", "Old Mosul", 36.5, 42.9, None, 30),
    EntityRow(SADR_CITY, "sadr", "place", "neighbourhood", "IQ", "Sadr City", 33.39, 44.46, None, 100),
]

SPELLINGS = {
    IRAQ: "Iraq العراق Irak Ирак",
    SYRIA: "Syria سوريا Syrien Сирия",
    LEBANON: "Lebanon لبنان",
    LIBYA: "Libya ليبيا",
    KIRKUK: "Kirkuk كركوك",
    KIRKUK_PROVINCE: "Kirkuk_Governorate محافظة_كركوك Kirkuk",
    HAWIJA: "Hawija الحويجة حەوێجە",
    TAL_AFAR: "Tal_Afar تلعفر",
    TAL_ABYAD: "Tal_Abyad تل_أبيض",
    DEIR_CITY: "Deir_ez-Zor دير_الزور",
    DEIR_PROVINCE: "Deir_ez-Zor_Governorate محافظة_دير_الزور Deir_ez-Zor",
    TRIPOLI_LY: "Tripoli طرابلس",
    TRIPOLI_LB: "Tripoli طرابلس",
    EUPHRATES: "Euphrates الفرات",
    ISIS: "Islamic_State ISIS داعش",
    MOSUL: "Mosul الموصل",
    OLD_MOSUL: "Old_Mosul الموصل_القديمة",
    SADR_CITY: "Sadr_City",
}
PARENTS = {
    KIRKUK_PROVINCE: IRAQ,
    DEIR_PROVINCE: SYRIA,
    KIRKUK: KIRKUK_PROVINCE,
    HAWIJA: KIRKUK_PROVINCE,
    DEIR_CITY: DEIR_PROVINCE,
}


def names() -> list[NameRow]:
    """All spellings, the first of each the preferred one, and a dated former name."""
    listed = [
        NameRow(row, text.replace("_", " "), "und", "variant" if place else "preferred", None, None, "curated")
        for row, spellings in SPELLINGS.items()
        for place, text in enumerate(spellings.split())
    ]
    return [*listed, NameRow(SADR_CITY, "Saddam City", "en", "historical", "1982", "2003", "curated")]


def rows(extra_entities: list[EntityRow] = [], extra_names: list[NameRow] = []) -> Rows:  # noqa: B006 - never changed
    """Everything, and what a test adds."""
    return Rows(
        generation=7,
        entities=[*ENTITIES, *extra_entities],
        names=[*names(), *extra_names],
        identifiers=[IdentifierRow(HAWIJA, "geonames", "390188"), IdentifierRow(IRAQ, "iso3166_alpha3", "IRQ")],
        parents=[ParentRow(row, parent) for row, parent in PARENTS.items()],
    )


def snapshot(folder: Path, given: Rows | None = None) -> Snapshot:
    """The small gazetteer as an open snapshot."""
    build(given or rows(), folder)
    return Snapshot(folder)
