"""Looking into a PDF without a reader of PDFs."""

import re
import zlib

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_PAIR = re.compile(rb"<[0-9A-Fa-f]+>\s*<([0-9A-Fa-f]+)>")


def unpacked(data):
    """Return the file with its streams opened, for looking for words that must not be there."""
    return b"\n".join([data, *_streams(data)])


def letters(data):
    """Return what the glyphs of the document mean when somebody copies or searches them."""
    maps = [stream for stream in _streams(data) if b"beginbfchar" in stream]
    codes = [code for stream in maps for code in _PAIR.findall(stream)]
    return "".join(bytes.fromhex(code.decode()).decode("utf-16-be") for code in codes if len(code) % 4 == 0)


def _streams(data):
    for packed in _STREAM.findall(data):
        try:
            yield zlib.decompress(packed)
        except zlib.error:
            yield packed
