"""First-level units of two sources that share no identifier are joined when their names say so, and never guessed."""

import pytest

from gazetteer.importers.record import NameRecord
from gazetteer.services.load import load
from tests.services.loading import CURATED, GEONAMES, ISO, dump, live, place


def coded(name, code, *names, **given):
    """A unit as ISO 3166-2 has it."""
    return place(name, f"iso3166:{code}", type="admin1", country=code[:2], names=names, **given)


def dumped(name, code, *names, **given):
    """A unit as GeoNames has it."""
    number = "".join(str(ord(letter)) for letter in code)
    identifiers = (f"geonames:{number}", f"geonames_code:{code}")
    return place(name, *identifiers, type="admin1", country=code[:2], names=names, **given)


def official(text):
    """A main name."""
    return NameRecord(text, role="official")


def joined(sessions):
    """The names of the units, those of one entity together."""
    return sorted("+".join(sorted({said[0] for said in each["names"]})) for each in live(sessions).values())


CASES = {
    "as written": ([coded("Kirkūk", "IQ-KI")], [dumped("Kirkuk", "IQ.13")], ["Kirkuk+Kirkūk"]),
    "less the article": ([coded("Anbar", "IQ-AN")], [dumped("Al Anbar", "IQ.01")], ["Al Anbar+Anbar"]),
    "less the generic word": (
        [coded("Nīnawá", "IQ-NI")],
        [dumped("Ninawa Governorate", "IQ.15")],
        ["Ninawa Governorate+Nīnawá"],
    ),
    "by any of its names": (
        [coded("Nīnawá", "IQ-NI")],
        [dumped("Nineveh", "IQ.15", "Muhafazat Ninawa")],
        ["Muhafazat Ninawa+Nineveh+Nīnawá"],
    ),
    "the surer form first": (
        [coded("Kyiv", "UA-30"), coded("Kyiv Oblast", "UA-32")],
        [dumped("Kyiv", "UA.12"), dumped("Kyiv Oblast", "UA.13")],
        ["Kyiv", "Kyiv Oblast"],
    ),
    "two on the other side": (
        [coded("Buenos Aires", "AR-B")],
        [dumped("Province of Buenos Aires", "AR.01"), dumped("Buenos Aires City", "AR.07")],
        ["Buenos Aires", "Buenos Aires City", "Province of Buenos Aires"],
    ),
    "two on this side": (
        [coded("Kavala", "GR-A"), coded("Kavala", "GR-B")],
        [dumped("Kavala", "GR.01")],
        ["Kavala", "Kavala", "Kavala"],
    ),
    "another country": ([coded("Amazonas", "BR-AM")], [dumped("Amazonas", "CO.01")], ["Amazonas", "Amazonas"]),
    "another level": (
        [coded("Nevsehir", "TR-50")],
        [place("Nevsehir", "geonames:1", type="settlement", country="TR")],
        ["Nevsehir", "Nevsehir"],
    ),
}


class TestJoinUnits:
    @pytest.mark.parametrize("case", CASES)
    @pytest.mark.parametrize("turned", [False, True], ids=["iso first", "geonames first"])
    def test_units_are_joined_where_it_is_sure(self, sessions, case, turned):
        """Whichever source is loaded first, and again without a change."""
        iso, geonames, expected = CASES[case]
        order = [(ISO, iso), (GEONAMES, geonames)]
        for source, records in reversed(order) if turned else order:
            load(sessions, source, records)

        assert joined(sessions) == expected
        before = dump(sessions)
        assert not any(load(sessions, source, records).changed for source, records in order)
        assert dump(sessions) == before

    def test_units_of_two_curated_records_are_two(self, sessions):
        """An identifier in the same scheme tells them apart, whatever they are called."""
        load(sessions, CURATED, [
            place("Aleppo", "slug:aleppo-new", "iso3166:SY-HL", type="admin1", country="SY"),
            place("Aleppo", "slug:aleppo-old", type="admin1", country="SY"),
        ])  # fmt: skip

        assert len(live(sessions)) == 2

    def test_a_run_that_was_broken_off_before_joining_is_made_good(self, sessions):
        """The units are looked at whenever a source lists them, not only when they are new."""
        records = [dumped("Kirkuk", "IQ.13")]
        load(sessions, ISO, [coded("Kirkuk", "IQ-KI")])

        def broken():
            yield from records
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            load(sessions, GEONAMES, broken(), batch=1)
        assert len(live(sessions)) == 2

        assert load(sessions, GEONAMES, records).joined == 1
        assert len(live(sessions)) == 1
