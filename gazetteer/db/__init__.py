"""The database: tables, engines, schema, and the fast way in."""
