"""Lets ``python -m diptych`` do what the command ``diptych`` does."""

import sys

from diptych.cli import main

if __name__ == "__main__":
    sys.exit(main())
