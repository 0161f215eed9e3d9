"""The HTTP door: each module is a route or a group of them; it parses, calls one service and prints."""
