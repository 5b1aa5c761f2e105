#!/usr/bin/env python
"""Runs management commands. In a checkout where nothing is set they find the demo's database and secrets by themselves."""

import os
import sys


def main() -> None:
    """Run the command on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "red_mpe.settings")
    if sys.argv[1:2] == ["demo"]:
        from red_mpe.local.demo import main as demo

        sys.exit(demo(sys.argv[2:]))
    from django.core.management import execute_from_command_line

    from red_mpe.local.attach import local_environment

    with local_environment(sys.argv):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
