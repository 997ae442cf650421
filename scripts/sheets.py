"""
Make the sheets that lessons offer: each template of `sheets/` in both languages, as PDF that can be read aloud (PDF/UA-1).

    python scripts/sheets.py

The words stand in the template. The same template gives the same file, byte by byte, until typst or a font changes.
"""

from datetime import UTC, datetime
from pathlib import Path

import typst

ROOT = Path(__file__).resolve().parent.parent
# Template → the path of its sheets below the content folder, without language and ending.
SHEETS = {"three-views.typ": "k1/files/trys-zvilgsniai"}
LANGUAGES = ("lt", "en")
FONTS = ROOT / "certificates" / "fonts"
DAY = datetime(2026, 11, 22, tzinfo=UTC)


def sheet(template, language):
    """The PDF of this template in this language."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    compiler = typst.Compiler(ROOT / "scripts" / "sheets" / template, font_paths=fonts)
    return compiler.compile(format="pdf", sys_inputs={"language": language}, pdf_standards=["ua-1"], timestamp=DAY)


def main():
    for template, path in SHEETS.items():
        for language in LANGUAGES:
            (ROOT / "content" / f"{path}.{language}.pdf").write_bytes(sheet(template, language))


if __name__ == "__main__":
    main()
