"""Reading files of strangers: what they are, what they say, how they look. Nothing here knows a database."""
