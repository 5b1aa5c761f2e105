"""The workspace in which the committee writes the text."""
