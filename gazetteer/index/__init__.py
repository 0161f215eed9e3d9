"""The snapshot: one generation of the database as plain arrays on disk, mapped, never loaded."""
