"""Bulk: many names in, many answers out, as JSON, NDJSON or CSV, in order and in constant memory."""
