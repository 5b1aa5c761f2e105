"""What the site costs, against a floor measured in the same run: see docs/architecture/speed.md. It fails nothing."""
