"""Use cases: each takes plain values, holds the rules and limits, and owns its transaction."""
