"""`python -m datawall` and the script `datawall`: become the command."""

from __future__ import annotations

import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Replaces this process by the command, with the same arguments."""
    from ._binary import command
    from .errors import DatawallError

    try:
        path = command()
    except DatawallError as error:
        print(f"datawall: {error}", file=sys.stderr)
        sys.exit(error.code)
    os.execv(path, ["datawall", *sys.argv[1:]])


if __name__ == "__main__":
    main()
