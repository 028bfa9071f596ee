"""The installed name: puts the packages beside it on the path, then starts the command line.

The tree keeps `api`, `domain` and `notifications` at its top, the wheel keeps them in here, so that
nobody gets a top-level `api` among the installed packages.
"""

import importlib
import sys
from pathlib import Path


def main() -> int:
    inside = Path(__file__).parent
    root = inside if (inside / "api").is_dir() else inside.parent
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    return int(importlib.import_module("api.cli").main(sys.argv[1:]))
