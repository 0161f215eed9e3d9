"""Whose values stand: each field is that of the highest source that speaks of it."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from gazetteer.services.values import FIELDS, Values, combine, fresh, from_columns, to_columns

STANDING = {1: (100, "curated"), 2: (60, "geonames"), 3: (30, "cities"), 4: (30, "towns")}
NONE = frozenset()


def told(name="A", **given):
    """What a source says."""
    said = {"kind": "place", "name": name} | given
    return tuple(said.get(field) for field in FIELDS)


statements = st.builds(
    lambda values, meant: (tuple(values), frozenset({"country"}) if meant else NONE),
    st.tuples(
        st.just("place"),
        *[st.sampled_from([None, "x", "y"])] * 2,
        st.sampled_from(["A", "B"]),
        st.sampled_from([None, (1.0, 2.0), (3.0, 4.0)]),
        *[st.sampled_from([None, 1, 2])] * 3,
    ),
    st.booleans(),
)


class TestCombine:
    def test_the_higher_source_overwrites_what_it_states(self):
        """And only that."""
        low = fresh(told("Al Ḩawījah", population=5, type="settlement"), 3, NONE)
        both = combine(low, fresh(told("Hawija", population=7), 1, NONE), STANDING)

        assert both == Values(told("Hawija", population=7, type="settlement"), 1, {"type": 3})

    def test_a_lower_source_fills_what_nobody_said(self):
        """And its word gives way to the next higher one's."""
        high = fresh(told("Hawija"), 1, NONE)
        filled = combine(high, fresh(told("x", population=5), 3, NONE), STANDING)
        again = combine(filled, fresh(told("y", population=6), 2, NONE), STANDING)

        assert filled.told == told("Hawija", population=5)
        assert again == Values(told("Hawija", population=6), 1, {"population": 2})

    def test_none_may_be_meant(self):
        """A curated river without country has none, though GeoNames puts it in one."""
        river = fresh(told("Euphrates"), 1, frozenset({"country"}))
        imported = fresh(told("Nahr al Furāt", country="IQ"), 2, NONE)

        assert combine(river, imported, STANDING).told == told("Euphrates")
        assert combine(imported, river, STANDING).told == told("Euphrates")

    def test_a_source_may_correct_itself(self):
        """The newer word of one source stands, unless it yields to the record that came first in the run."""
        old, new = fresh(told("A", population=1), 2, NONE), fresh(told("B", population=2), 2, NONE)

        assert combine(old, new, STANDING).told == new.told
        assert combine(old, new, STANDING, yielding=FIELDS).told == old.told

    @given(st.lists(statements, min_size=2, max_size=4))
    def test_the_order_does_not_matter(self, said):
        """Two sources of one rank do not tie: their slugs decide."""
        results = []
        for order in permutations(enumerate(said, start=1)):
            (source, (first, meant)), *others = order
            result = fresh(first, source, meant)
            for source, (values, meant) in others:
                result = combine(result, fresh(values, source, meant), STANDING)
            results.append(result)

        assert all(each == results[0] for each in results)

    @given(statements)
    def test_values_survive_the_database(self, said):
        """A point is two columns."""
        values = fresh(said[0], 1, said[1])

        assert from_columns(to_columns(values.told), values.owner, values.stated_by) == values
