"""The settings are closed by default, and every name they read is told in `.env.example`."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEPLOYED = {
    "SECRET_KEY": "a-key-of-these-tests-that-is-long-enough-0123456789-abcdefghijklmnopqrstuvwxyz",
    "BASE_URL": "https://red.example.org",
    "TRUSTED_PROXY_COUNT": "1",
    "LOG_LEVEL": "WARNING",
}


def _manage(*words, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "DATABASE_URL", "REDIS_URL", "DATA_DIR") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=kept | environment, capture_output=True, text=True, timeout=120
    )


def test_a_deployment_passes_djangos_own_check():
    answer = _manage("check", "--deploy", "--fail-level", "WARNING", **DEPLOYED)
    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout


def test_nothing_starts_without_its_secret():
    answer = _manage("check", BASE_URL=DEPLOYED["BASE_URL"])
    assert answer.returncode != 0
    assert "SECRET_KEY is not set" in answer.stderr


@pytest.mark.parametrize("name", ["X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy"])
def test_every_answer_carries_the_walls(client, name):
    assert name in client.get("/robots.txt").headers


def test_the_policy_allows_nothing_inline_and_no_other_host(client):
    policy = client.get("/robots.txt")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert not re.search(r"unsafe|https?:|\*|data:", policy)


def test_the_example_lists_every_name_that_the_settings_read():
    read = set()
    for path in (ROOT / "red_mpe/settings.py", ROOT / "red_mpe/env.py"):
        read |= set(re.findall(r'(?:read\.\w+|secret)\(\s*"([A-Z_]+)"', path.read_text()))
    example = (ROOT / ".env.example").read_text()
    assert {name for name in read if not re.search(rf"^(# )?{name}=", example, re.M)} == set()
