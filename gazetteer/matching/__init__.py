"""Matching, pure: from a query and candidates to a decision with its reasons."""
