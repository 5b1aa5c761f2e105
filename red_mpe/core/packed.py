"""Long HTML that many readers get alike, compressed once: a page is then put together from its own bytes and those.

Compressed apart, it also shares no history with the rest of a page: how small it became tells nothing of what stands beside it.
"""

import zlib
from typing import Any, Final

from django.utils.safestring import SafeString

LEVEL: Final = 5  # of 9, for what is compressed while somebody waits; Django's is 6
_PIECE_LEVEL: Final = 7
_BEGINNING: Final = 64  # bytes by which a piece is found in a page


class Packed(SafeString):
    """Safe HTML that knows its bytes, and the same compressed to stand in the middle of a stream."""

    raw: bytes
    deflated: bytes

    def parts(self) -> tuple[bytes, bytes]:
        """Return what a cache keeps of it, for `unpack`."""
        return self.raw, self.deflated


def pack(html: SafeString) -> Packed:
    """Compress safe HTML once for all pages it will stand on."""
    raw = html.encode()
    return _packed(html, raw, _deflate(raw, _PIECE_LEVEL, zlib.Z_SYNC_FLUSH))


def unpack(parts: tuple[bytes, bytes]) -> Packed:
    """Return again what `pack` made and a cache kept. Never give it anything else."""
    return _packed(parts[0].decode(), *parts)


def holding(response: Any, piece: Packed) -> Any:
    """Return `response` with word of the piece its page holds, for whoever compresses it."""
    response.packed = piece
    return response


def gzipped(content: bytes, piece: Packed | None = None, *, name: str = "") -> bytes:
    """Return `content` as a gzip file of that name; what of it is `piece` is not compressed again."""
    size = (len(content) & 0xFFFFFFFF).to_bytes(4, "little")
    head = b"\x1f\x8b\x08\x08" + bytes(5) + b"\xff" + name.encode("latin-1") + b"\0"
    return head + _stream(content, piece) + zlib.crc32(content).to_bytes(4, "little") + size


def _stream(content: bytes, piece: Packed | None) -> bytes:
    start = content.find(piece.raw[:_BEGINNING]) if piece else -1
    if piece is None or start < 0 or not content.startswith(piece.raw, start):
        return _deflate(content, LEVEL, zlib.Z_FINISH)
    before, after = memoryview(content)[:start], memoryview(content)[start + len(piece.raw) :]
    return _deflate(before, LEVEL, zlib.Z_SYNC_FLUSH) + piece.deflated + _deflate(after, LEVEL, zlib.Z_FINISH)


def _deflate(data: bytes | memoryview, level: int, end: int) -> bytes:
    """Compress without head and tail; what follows a synchronising end begins at a whole byte."""
    press = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return press.compress(data) + press.flush(end)


def _packed(html: str, raw: bytes, deflated: bytes) -> Packed:
    packed = Packed(html)
    packed.raw, packed.deflated = raw, deflated
    return packed
