"""The demonstration network: real organisations and groups, invented people, a framework under consultation."""
