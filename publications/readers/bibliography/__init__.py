"""Lists of works as reference managers write them: text in, plain values out. No database."""

from .found import LIMIT, Found, ReadError, Reading
from .reading import read_works

__all__ = ["LIMIT", "Found", "ReadError", "Reading", "read_works"]
