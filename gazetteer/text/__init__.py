"""Text, pure: from any string to the parts of a name that can be compared."""
