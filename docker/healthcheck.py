"""Asks the web process of this container how it is, under the site's own name. Exits with 0 when it is well."""

import http.client
import os
import sys
from urllib.parse import urlsplit


def main(path: str) -> int:
    """Return 0 when the page answers 200."""
    host = urlsplit(os.environ.get("BASE_URL", "http://localhost:8000")).netloc
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=8)
    try:
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        print(answer.status, answer.read(500).decode(errors="replace"))
        return int(answer.status != http.client.OK)
    except (OSError, http.client.HTTPException) as problem:
        print(problem)
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
