"""The names that this project exists for: every mention in five articles, and the spellings nobody listed."""

import json
from collections import defaultdict

import pytest

from gazetteer.local import Gazetteer
from gazetteer.matching.types import Decision


@pytest.fixture(scope="module")
def gazetteer(seeded_snapshot):
    return Gazetteer.open(seeded_snapshot)


@pytest.fixture(scope="module")
def mentions(shared):
    with (shared / "articles" / "mentions.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def answers(gazetteer, mentions):
    asked = [{"name": each["surface"], "kind": each["kind"], "country": each["country"]} for each in mentions]
    return gazetteer.resolve_many(asked)


class TestArticles:
    def test_every_mention_is_a_match(self, mentions, answers):
        assert len(mentions) == 334
        unsure = {
            each["surface"]: answer.reason for each, answer in zip(mentions, answers, strict=True) if not answer.match
        }
        assert unsure == {}

    def test_all_surface_forms_of_a_canonical_name_are_one_record(self, mentions, answers):
        found = defaultdict(set)
        for each, answer in zip(mentions, answers, strict=True):
            found[each["canonical"]].add(answer.match.id)
        assert {name: ids for name, ids in found.items() if len(ids) > 1} == {}
        assert len({next(iter(ids)) for ids in found.values()}) == len(found) == 62

    def test_the_geonames_id_is_the_one_of_the_label(self, mentions, answers):
        """`also` lists other ids that a bare name may mean."""
        for each, answer in zip(mentions, answers, strict=True):
            if each["geonames"] is not None:
                right = {str(each["geonames"]), *map(str, each["also"])}
                assert answer.match.identifiers.get("geonames") in right, each["surface"]


ONE_RECORD = {
    ("Hawija", "IQ"): [
        "Hawija",
        "Hawijah",
        "al-Hawija",
        "Al Ḩawījah",
        "Hawidja",
        "Huwaija",
        "الحويجة",
        "حەوێجە",
        "Хавиджа",
    ],
    ("Baghuz", "SY"): ["Baghuz", "Baghouz", "al-Baghuz", "Baghooz", "الباغوز", "Багуз"],
    ("Deir ez-Zor", "SY"): [
        "Deir ez-Zour",
        "Deir el-Zour",
        "Deir Al Zor",
        "Dayr az-Zawr",
        "Deir Ezzor",
        "Dêrazor",
        "دير الزور",
        "دێرەزۆر",
        "Дейр-эз-Зор",
    ],
    ("Tal Afar", "IQ"): ["Tal Afar", "Tel Afar", "Tall ʿAfar", "Telafer", "تلعفر", "Талль-Афар"],
    ("Kobani", "SY"): ["Kobani", "Kobanê", "Ayn al-Arab", "Ain al-Arab", "عين العرب", "کۆبانی", "Кобани"],
    ("Raqqa", "SY"): ["Raqqa", "ar-Raqqah", "Rakka", "Al Raqqa", "الرقة", "Ракка"],
    ("Qamishli", "SY"): ["Qamishli", "Qamishly", "Kamishli", "Qamishlo", "القامشلي", "Камышлы"],
}


class TestSpellings:
    @pytest.mark.parametrize(("place", "spellings"), ONE_RECORD.items(), ids=[name for name, _ in ONE_RECORD])
    def test_the_spellings_of_one_place_are_one_record(self, gazetteer, place, spellings):
        """Listed or not, in five scripts, with the country that reports name anyway."""
        asked = [{"name": name, "country": place[1]} for name in spellings]
        answers = dict(zip(spellings, gazetteer.resolve_many(asked), strict=True))
        assert {name: answer.reason for name, answer in answers.items() if not answer.match} == {}
        assert len({answer.match.id for answer in answers.values()}) == 1

    def test_tal_afar_is_never_tal_abyad(self, gazetteer):
        afar, abyad = (gazetteer.resolve(name).match.id for name in ("Tal Afar", "Tal Abyad"))
        assert afar != abyad
        for name in ("Tal-Afar", "Telafar", "Tell Afar", "Tall Afer", "Tal 'Afar", "تل عفر"):
            answer = gazetteer.resolve(name, limit=1)
            assert answer.candidates[0].id == afar, name
        for name in ("Tel Abiad", "Tell Abyadh", "Tall Abyad", "Girê Spî", "تل ابيض"):
            assert gazetteer.resolve(name, limit=1).candidates[0].id == abyad, name

    def test_city_and_governorate_of_one_name_are_two_records(self, gazetteer):
        city = gazetteer.resolve("Deir ez-Zor", country="SY").match
        unit = gazetteer.resolve("Deir ez-Zor Governorate", country="SY").match
        assert (city.identifiers["geonames"], unit.identifiers["geonames"]) == ("170794", "170792")

    @pytest.mark.parametrize("name", ["Gondolin", "Xqzvbn", "Minas Tirith Junction", "Ftaghu Rlyeh", "…", "٪"])
    def test_nonsense_is_no_match(self, gazetteer, name):
        assert gazetteer.resolve(name).decision is not Decision.MATCH


class TestContext:
    def test_damascus_as_a_unit_means_the_governorate_around_it_too(self, gazetteer):
        """Field reports put "Damascus" for Rif Dimashq."""
        inside = gazetteer.resolve("Zabadani", country="SY", within="Damascus", explain=True).match
        assert inside.admin1 == "Rif Dimashq"
        assert {each.feature: each.value for each in inside.explanation}["inside"] == 1.0

    @pytest.mark.parametrize(
        ("unit", "name"),
        [("Missan", "Amarah"), ("Thi-Qar", "Nasiriyah"), ("Al-Hasakeh", "Qamishli"), ("Ninewa", "Mosul")],
    )
    def test_units_are_read_in_any_spelling(self, gazetteer, unit, name):
        match = gazetteer.resolve(name, within=unit, explain=True).match
        assert {each.feature: each.value for each in match.explanation}["inside"] == 1.0

    @pytest.mark.parametrize("name", ["Mosul (Iraq)", "Mosul, Iraq", "الموصل، العراق", "Мосул (Ирак)"])
    def test_an_addition_to_the_name_is_context(self, gazetteer, name):
        assert gazetteer.resolve(name).match.identifiers["geonames"] == "99072"
