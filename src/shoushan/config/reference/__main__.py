"""`script/reference`: write the pages, or with --check say which differ and exit 1."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import django


def main() -> int:
    """Write or compare the pages of a folder."""
    parser = argparse.ArgumentParser(prog="script/reference", description="由代码生成 docs/reference")
    parser.add_argument("--check", action="store_true", help="只比对，有不同则退出码为 1")
    parser.add_argument("--folder", type=Path, help="默认 docs/reference")
    options = parser.parse_args()
    django.setup()
    from shoushan.config.reference import pages

    folder = options.folder or pages.FOLDER
    if not options.check:
        pages.write(folder)
        return 0
    differing = pages.differing(folder)
    for name in differing:
        print(f"{name} 与代码不一致，请运行 script/reference 后一并提交。", file=sys.stderr)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
