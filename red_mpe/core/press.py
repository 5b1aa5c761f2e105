"""PDF documents, set by typst: tagged, with bookmarks, the same bytes on every machine (docs/adr/0015).

The setting happens in a process of its own: typst remembers what it has set (about 100 MB a document), and a web process
may not. Nothing here knows Django, so that this process starts in a few milliseconds.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import typst

ROOT = Path(__file__).resolve().parents[2]  # templates of every app share core/typst/lib.typ
PATIENCE = 60  # seconds; 200 clauses take less than one
_INSTANT = 0  # a document of ours says in words what it is of; the file itself carries no date
_PLACE = {"es": ("es", None), "en": ("en", "GB"), "pt": ("pt", "BR"), "pt-br": ("pt", "BR")}


class PressError(Exception):
    """The document could not be set: a fault of ours, or data beyond all measure."""


def pdf(template: str, data: dict[str, Any], *, title: str, language: str, patience: float | None = None) -> bytes:
    """Return the PDF that `template` makes of `data`, titled and in `language` (es, en, pt or pt-br).

    `template` is `<app>/<name>` and stands in `<app>/exports/typst/<name>.typ`.

    `data` is plain JSON: texts stay texts, whatever signs are in them. No date, no author and no font of the machine gets
    into the file, so that the same data gives the same bytes everywhere. Raises PressError, also after `patience` seconds (PATIENCE).
    """
    order = json.dumps({"template": template, "data": data, "title": title, "language": language})
    command = [sys.executable, "-I", __file__]
    try:
        done = subprocess.run(command, input=order.encode(), capture_output=True, timeout=patience or PATIENCE, check=False)  # noqa: S603 - our own file
    except subprocess.TimeoutExpired as error:
        raise PressError(f"{template}: more than {patience or PATIENCE} s") from error
    if done.returncode:
        raise PressError(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout


def set_pages(order: dict[str, Any], *, kind: Any = "pdf", **more: Any) -> Any:
    """Set an order in this very process: bytes of a PDF, or with kind `png` a list of pages, for who wants to look at them."""
    lang, region = _PLACE[order["language"]]
    meta = {"title": order["title"], "lang": lang, "region": region}
    inputs = {"data": json.dumps(order["data"], ensure_ascii=False), "meta": json.dumps(meta, ensure_ascii=False)}
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    app, name = order["template"].split("/")
    compiler = typst.Compiler(ROOT / app / "exports" / "typst" / f"{name}.typ", root=ROOT, font_paths=fonts, sys_inputs=inputs)
    return compiler.compile(format=kind, timestamp=_INSTANT, pdf_tags=True, **more)


if __name__ == "__main__":  # pragma: no cover - the process of its own
    sys.stdout.buffer.write(set_pages(json.load(sys.stdin)))
