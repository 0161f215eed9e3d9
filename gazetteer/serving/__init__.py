"""Serving: the worker that takes connections, and what is told of its requests (metrics, logs)."""
