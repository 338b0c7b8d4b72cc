"""``python -m chb``: the same services from a terminal."""

from __future__ import annotations

from chb.cli.main import main

if __name__ == "__main__":
    main()
