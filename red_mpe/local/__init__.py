"""A real PostgreSQL and a real Redis for one checkout, and the demo that stands on them. Never used in production.

Nothing here imports Django: this package prepares the environment from which the settings are read.
"""
