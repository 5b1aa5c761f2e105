"""Everything that writes in `standards`."""
