"""What the tests of curation share: a town that a load has brought, in its province, and an editor."""

from sqlalchemy.orm import Session, sessionmaker

from gazetteer.importers.record import Link, NameRecord
from gazetteer.services import identity
from gazetteer.services.curation.desk import By
from gazetteer.services.load import load
from tests.services.loading import GEONAMES, place

BY = By("ana", "seen in a report")
IRAQ, KIRKUK, HAWIJA = (identity.mint(("geonames", value)) for value in ("1", "2", "3"))


def loaded(sessions: sessionmaker[Session]) -> None:
    """Iraq, Kirkuk in it, Hawija in that; the town by several names."""
    load(
        sessions,
        GEONAMES,
        [
            place("Iraq", "geonames:1", type="country", country="IQ"),
            place("Kirkuk", "geonames:2", type="admin1", country="IQ", links=(Link("within", "geonames", "1"),)),
            place(
                "Hawija",
                "geonames:3",
                "wikidata:Q3",
                type="settlement",
                country="IQ",
                lat=35.3,
                lon=43.7,
                population=100,
                links=(Link("within", "geonames", "2"),),
                names=("Hawija", NameRecord("Hawijah", "en"), NameRecord("الحويجة", "ar", "official")),
            ),
        ],
    )
