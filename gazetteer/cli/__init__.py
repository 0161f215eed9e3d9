"""The command line: each module is a command or a group of them; it parses, calls one service and prints."""
