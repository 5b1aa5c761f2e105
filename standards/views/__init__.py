"""Pages of frameworks, clauses and comments."""
