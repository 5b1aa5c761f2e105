"""What must hold before a framework or a round moves (process.md), each with its name, what to do and where.

A guard yields words for everything that is missing, in the language of who asks. Guards stand below the readings: they go
along related managers only.
"""
