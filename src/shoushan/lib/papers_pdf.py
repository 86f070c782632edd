"""A paper as PDF, set by Typst from the template beside it; fonts come with a package, none is asked of the machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO, Final

from shoushan.lib import papers
from shoushan.lib.papers import Paper

TEMPLATE: Final = Path(__file__).resolve().parent / "data" / "paper.typ"


def write_pdf(out: IO[bytes], paper: Paper) -> None:
    """Write the paper as PDF, the same bytes for the same paper."""
    import pylopdf_fonts_zh_cn  # 17 MB of fonts and a compiler: loaded when the first paper is asked for
    import typst

    measures = {
        "top": papers.TOP,
        "left": papers.LEFT,
        "right": papers.RIGHT,
        "bottom": papers.BOTTOM,
        "drop": papers.MARK_DROP,
        "line": papers.LINE,
        "red": papers.RED,
        "fonts": papers.FONTS,
        "table": papers.TABLE,
    }
    levels = [papers.level(paragraph) for paragraph in paper.paragraphs]
    given = {
        "paper": json.dumps(
            {**paper.as_dict(), "levels": levels, "mark_size": paper.mark_size, "measures": measures},
            ensure_ascii=False,
        )
    }
    fonts = [str(Path(pylopdf_fonts_zh_cn.serif_path()).parent)]
    made = typst.compile(str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=fonts, sys_inputs=given, timestamp=0)
    out.write(made)
