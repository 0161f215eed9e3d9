"""Curated records are read strictly, and all that is wrong is told at once."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.errors import BadData
from gazetteer.importers import curated, geonames
from gazetteer.importers.curated_record import KEYS, Reader
from gazetteer.importers.record import Link, NameRecord

SEEDS = Path(__file__).parents[2] / "seeds"

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates()
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)

SOURCES = """
[curated]
title = "Our own knowledge"
licence = "CC0-1.0"
rank = 100

[reports]
title = "Reports"
licence = "names only"
url = "https://example.org"
rank = 90
"""

HAWIJA = """
[hawija]
kind = "place"
type = "settlement"
country = "IQ"
within = ["kirkuk"]
at = [35.3256, 43.7731]
population = 100000
identifiers = { geonames = ["390188", "7"], pcode = "IQG13Q03" }
names.en.preferred = "Hawija"
names.en.variant = ["Hawijah", { text = "Huwaija", source = "reports", from = "1982", to = "2003-04" }]
names.ar.official = "الحويجة"
"""

KIRKUK = """
[kirkuk]
kind = "place"
type = "admin1"
country = "IQ"
names.en.preferred = "Kirkuk"
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "sources.toml").write_text(SOURCES, encoding="utf-8")
    (tmp_path / "places.toml").write_text(HAWIJA + KIRKUK, encoding="utf-8")
    return tmp_path


class TestRecords:
    def test_a_record_is_read_whole(self, folder):
        hawija = curated.records(folder)[0]

        assert (hawija.kind, hawija.type, hawija.country, hawija.name) == ("place", "settlement", "IQ", "Hawija")
        assert (hawija.lat, hawija.lon, hawija.population) == (35.3256, 43.7731, 100000)
        assert hawija.identifiers == (
            ("slug", "hawija"),
            ("geonames", "390188"),
            ("geonames", "7"),
            ("pcode", "IQG13Q03"),
        )
        assert NameRecord("Hawija", "en", "preferred") in hawija.names
        assert NameRecord("Huwaija", "en", "variant", "1982", "2003-04", "reports") in hawija.names
        assert NameRecord("الحويجة", "ar", "official") in hawija.names

    def test_a_place_that_names_no_unit_lies_within_its_country(self, folder):
        hawija, kirkuk = curated.records(folder)

        assert hawija.links == (Link("within", "slug", "kirkuk"),)
        assert kirkuk.links == (Link("within", "iso3166", "IQ"),)

    def test_the_file_says_the_source_of_its_names(self, folder):
        """Names of a file are from its source, the record itself stays ours."""
        (folder / "places.toml").write_text('[_file]\nsource = "reports"\n' + KIRKUK, encoding="utf-8")

        assert curated.records(folder)[0].names == (NameRecord("Kirkuk", "en", "preferred", source="reports"),)

    @pytest.mark.parametrize(
        ("was", "becomes", "said"),
        [
            ('kind = "place"', 'kind = "plaice"', "kind: 'plaice' is not one of"),
            ('type = "settlement"', 'type = "town"', "type: 'town' is not in"),
            ('type = "settlement"', 'type = "military_unit"', "type: 'military_unit' is a type of organisation"),
            ('type = "settlement"\n', "", "type: a place needs one"),
            ('country = "IQ"', 'country = "IRQ"', "country: 'IRQ'"),
            ('["kirkuk"]', '["kirkook"]', "within: no record is called 'kirkook'"),
            ('["kirkuk"]', '"kirkuk"', "within: 'kirkuk' is not a list"),
            ('["kirkuk"]', '["hawija"]', "names a record twice, or itself"),
            ("[35.3256, 43.7731]", "[95.3256, 43.7731]", "out of range"),
            ("[35.3256, 43.7731]", "[nan, 43.7731]", "is not [latitude, longitude]"),
            ("[35.3256, 43.7731]", '["35", "43"]', "is not [latitude, longitude]"),
            ("population = 100000", "population = 0", "population: 0"),
            ("population = 100000", "populaton = 5", "populaton: is no key"),
            ('"IQG13Q03"', '"IQ G13"', "identifiers.pcode: 'IQ G13'"),
            ("pcode =", "p_code =", "identifiers.p_code: is no scheme"),
            ('["390188", "7"]', '["390188", "390188"]', "identifiers.geonames: '390188' is there twice"),
            ("names.en.preferred", "names.en.official", "has 0 preferred names"),
            ("names.ar.official", "names.ar.preferred", "has 2 preferred names"),
            ("names.ar.official", "names.ar.main", "names.ar.main: 'main' is not one of"),
            ("names.ar", "names.ara", "names.ara: is not a BCP 47"),
            ("names.ar", "names.xx", "names.xx: is not a BCP 47"),
            ('"Hawijah",', '"Hawijah", "Hawijah",', "'Hawijah' is there twice"),
            ('"Hawijah",', '"Hawijah ",', "is not a text of 1 to 300 characters"),
            ('"Hawijah",', '"Haw\\u0000ijah",', "is not a text of 1 to 300 characters"),
            ('"reports"', '"rumours"', "source 'rumours' is not in sources.toml"),
            ('"1982"', '"82"', "names.en.variant.from: '82' is not a date"),
            ('"1982"', '"1982-02-30"', "is not a date"),
            ('"1982"', '"2004"', "2003-04 is before 2004"),
            ('"1982"', "1982", "names.en.variant.from: 1982 is not a date"),
            ("text =", "txt =", "'txt' is no key of a name"),
            ("[hawija]", "[Hawija_1]", "slug: is lower-case letters"),
        ],
    )
    def test_each_slip_is_told_with_file_slug_and_field(self, folder, was, becomes, said):
        assert was in HAWIJA
        (folder / "places.toml").write_text(HAWIJA.replace(was, becomes) + KIRKUK, encoding="utf-8")

        with pytest.raises(BadData) as caught:
            curated.records(folder)

        slug = becomes.strip("[]") if was == "[hawija]" else "hawija"
        assert f"places.toml: [{slug}]" in caught.value.message
        assert said in caught.value.message

    def test_all_problems_are_told_together(self, folder):
        """Whoever writes seeds sees every slip at once, over all files."""
        (folder / "more.toml").write_text(KIRKUK.replace('"IQ"', '"QQ"'), encoding="utf-8")
        (folder / "last.toml").write_text("[broken", encoding="utf-8")

        with pytest.raises(BadData) as caught:
            curated.records(folder)

        assert "more.toml: [kirkuk] country: 'QQ'" in caught.value.message
        assert "places.toml: [kirkuk] slug: is in more.toml as well" in caught.value.message
        assert "last.toml: is not TOML" in caught.value.message

    def test_one_identifier_belongs_to_one_record(self, folder):
        """Two records that share an identifier would be loaded as one entity."""
        other = KIRKUK + 'identifiers = { geonames = "390188" }\n'
        (folder / "places.toml").write_text(HAWIJA + other, encoding="utf-8")

        with pytest.raises(BadData, match=r"\[kirkuk\] identifiers\.geonames: '390188' is there twice, first in"):
            curated.records(folder)

    def test_nothing_lies_within_itself_however_far(self, folder):
        (folder / "places.toml").write_text(HAWIJA + KIRKUK + 'within = ["hawija"]\n', encoding="utf-8")

        with pytest.raises(BadData, match="within: leads back to itself"):
            curated.records(folder)

    @settings(deadline=None)
    @given(field=st.sampled_from(sorted(KEYS)), value=VALUES)
    def test_whatever_a_field_holds_is_told_and_never_raised(self, field, value):
        """A list where a text should be is a slip like any other."""
        reader = Reader("places.toml", "curated", "curated", {"curated"})
        good = {"kind": "place", "type": "river", "names": {"en": {"preferred": "Tigris"}}}
        reader.record("tigris", good | {field: value})

        assert all(problem.startswith("places.toml: [tigris] ") for problem in reader.problems)

    @settings(deadline=None)
    @given(value=VALUES)
    def test_whatever_a_name_holds_is_told_and_never_raised(self, value):
        reader = Reader("places.toml", "curated", "curated", {"curated"})
        for names in ({"en": value}, {"en": {"variant": value}}, {"en": {"variant": {"text": "X", "source": value}}}):
            reader.record("tigris", {"kind": "place", "type": "river", "names": names})

        assert all(problem.startswith("places.toml: [tigris] ") for problem in reader.problems)


class TestSources:
    def test_sources_are_declared(self, folder):
        sources = curated.sources(folder)

        assert sources["reports"].rank == 90
        assert sources["curated"].url is None

    @pytest.mark.parametrize(
        "broken",
        [
            SOURCES.replace("rank = 90", 'rank = "high"'),
            SOURCES.replace("licence", "license"),
            SOURCES.replace("[curated]", "[ours]"),
            "rank = 1",
        ],
    )
    def test_a_source_must_say_title_licence_and_rank(self, folder, broken):
        (folder / "sources.toml").write_text(broken, encoding="utf-8")

        with pytest.raises(BadData, match=r"sources\.toml"):
            curated.sources(folder)


def test_the_projects_own_seeds_are_valid():
    """What is shipped loads."""
    if not any(SEEDS.glob("*.toml")):
        pytest.skip("no seeds are written yet")

    assert curated.records(SEEDS)


def test_seeds_and_dumps_mean_the_same_geonames():
    """The source is declared in the seeds and in the importer: two licences for one source would be a lie."""
    declared = curated.sources(SEEDS)["geonames"]

    assert declared == geonames.SOURCE
