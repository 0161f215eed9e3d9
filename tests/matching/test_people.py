"""Names of persons: what is compared, and what the comparison says of labelled pairs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.matching.people import person_alike
from gazetteer.matching.person_parts import Bond, Office, person
from tests.matching.labelled import Case, cases

SAME, OTHER = 0.79, 0.61  # what every pair that is one person's reaches, and none that is not


def romans(text: str) -> list[str]:
    return [part.word.roman for part in person(text).parts]


class TestPerson:
    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("Col. Sean Ryan", ["sean", "ryan"]),
            ("U.S. Army Col. Ryan Dillon", ["ryan", "dillon"]),
            ("Secretary of State Mike Pompeo", ["mike", "pompeo"]),
            ("SDF commander Mazloum Abdi", ["mazloum", "abdi"]),
            ("رئيس الوزراء العراقي حيدر العبادي", ["hidr", "abadi"]),
            ("Haider al-Abadi, Prime Minister", ["haider", "abadi"]),
            ("Gen. U. S. Grant", ["u", "s", "grant"]),
            ("Prime Minister", ["minister"]),
            ("…", []),
        ],
    )
    def test_titles_go_but_a_word_stays(self, text, names):
        assert romans(text) == names

    def test_a_title_that_may_be_a_name_stays_where_one_name_would_be_left(self):
        assert romans("Sayyid Qutb") == ["sayyid", "qutb"]
        assert romans("Sayyid Ali Khamenei") == ["ali", "khamenei"]

    def test_a_comma_parts_the_family_name_off(self):
        assert romans("Shanahan, Patrick M.") == ["patrick", "m", "shanahan"]

    def test_fathers_and_sons_are_told_apart(self):
        assert person("George Bush Jr.").rank is Office.JUNIOR
        assert person("Bush, George, Sr.").rank is Office.SENIOR

    @pytest.mark.parametrize("text", ["Abu Bakr", "Abubakr", "أبو بكر", "Ebu Bekr", "ئەبوبەکر"])
    def test_a_kunya_is_one_name(self, text):
        (part,) = person(text).parts
        assert part.bond is Bond.FATHER
        assert part.word.skeleton == "bkr"

    @pytest.mark.parametrize("text", ["Abd al-Rahman", "Abdurrahman", "Abdul Rahman", "عبد الرحمن", "عبدالرحمن"])
    def test_a_servant_of_god_is_one_name(self, text):
        (part,) = person(text).parts
        assert part.word.skeleton == "bdrhmn"

    @pytest.mark.parametrize("text", ["Nur al-Din", "Noureddine", "Nuruddin", "نور الدين"])
    def test_a_light_of_the_faith_is_one_name(self, text):
        (part,) = person(text).parts
        assert part.word.skeleton == "nrdn"

    def test_small_words_say_nothing_between_names(self):
        assert romans("Osama bin Laden") == ["osama", "laden"]
        assert romans("Staffan de Mistura") == ["staffan", "mistura"]

    def test_an_article_in_front_may_be_a_short_form(self):
        assert [part.spare for part in person("Al Gore").parts] == [True, False]


class TestPersonAlike:
    @pytest.mark.parametrize("case", cases("people.csv"), ids=lambda case: f"{case.query} / {case.name}")
    def test_labelled_pairs(self, case: Case):
        """One person's names reach what no two persons' do; what a name leaves open lies between."""
        value = person_alike(case.query, case.name)
        assert value is not None
        if case.same == "yes":
            assert value > SAME, case.why
        elif case.same == "no":
            assert value < OTHER, case.why
        else:
            assert 0.4 <= value <= 0.7, case.why

    def test_it_says_nothing_without_a_word(self):
        assert person_alike("…", "Sean Ryan") is None

    def test_more_than_is_stored_is_asked(self):
        """Ivanka Trump is further from a stored Trump than Trump is from a stored Ivanka Trump."""
        asked, stored = person_alike("Ivanka Trump", "Trump"), person_alike("Trump", "Ivanka Trump")
        assert asked is not None
        assert stored is not None
        assert asked < stored

    @given(st.text(max_size=40), st.text(max_size=40))
    def test_any_texts_have_a_value(self, left, right):
        value = person_alike(left, right)
        assert value is None or 0.0 <= value <= 1.0

    @given(st.lists(st.sampled_from(["Abu", "al-", "Abd", "Bakr", "bin", "Col.", "M.", ",", "Jr."]), max_size=6))
    def test_a_name_is_itself(self, words):
        text = " ".join(words)
        assert person_alike(text, text) in (None, 1.0)
