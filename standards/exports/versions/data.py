"""JSON: everything, for machines (docs/formats/framework-version.md)."""

import json
from typing import Any


def write_json(record: dict[str, Any]) -> bytes:
    """Return the record as UTF-8, indented so that two versions can be compared line by line."""
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
