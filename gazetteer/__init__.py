"""A gazetteer service: one canonical record for every spelling of a name."""

__version__ = "0.1.0"
