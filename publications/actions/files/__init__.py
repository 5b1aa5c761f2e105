"""Files of records: adding, describing, replacing, removing them."""

from publications.actions.files.adding import add_file
from publications.actions.files.changing import describe_file, read_again, remove_file

__all__ = ["add_file", "describe_file", "read_again", "remove_file"]
