"""Country codes: ISO 3166-1 alpha-2, and XK, which the world uses for Kosovo though ISO has not assigned it."""

from functools import cache

import pycountry

KOSOVO = "XK"


@cache
def current() -> frozenset[str]:
    """The codes in use."""
    return frozenset(country.alpha_2 for country in pycountry.countries) | {KOSOVO}


@cache
def ever() -> frozenset[str]:
    """The codes in use and those withdrawn (ISO 3166-3): sources still tell of the Netherlands Antilles."""
    return current() | {country.alpha_2 for country in pycountry.historic_countries}
