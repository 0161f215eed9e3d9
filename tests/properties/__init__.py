"""The properties that answers have whatever is asked, of whatever gazetteer."""
