"""The printed index as lines of cells parted by tabs, for who typesets it: no fields, no formats.

Each line begins with its kind (band, standard, row, omission), by which a layout program chooses the
paragraph or cell style: GRI Index Band, GRI Index Standard, GRI Index Text, GRI Index Note.
"""

import re

from gri_index.language.labels import Labels
from gri_index.writers.contents import Contents
from gri_index.writers.layout import lay_out


def write(contents: Contents, labels: Labels, template: bytes | None, publish: bool) -> bytes:
    """UTF-8 with a byte order mark, by which layout programs know it; lines of a cell are parted by "; "."""
    layout = lay_out(contents.index, contents.profile, contents.catalogue, labels)
    lines = [("title", layout.title), *(("head", label, value) for label, value in layout.head)]
    columns = [
        f"{layout.spanning}{labels.words['colon']}{name}" if layout.long and 3 <= at <= 5 else name
        for at, name in enumerate(layout.columns)
    ]
    rows = [tuple(each) for each in lines] + [("columns", *columns)]
    rows += [(line.kind.value, *(cell.text for cell in line.cells)) for line in layout.lines]
    rows += [("note", note) for note in layout.notes]
    for group in layout.not_material:
        rows += [("standard", group.standard), *(("row", topic, explanation) for topic, explanation in group.topics)]
    return ("\ufeff" + "".join("\t".join(map(_flat, row)) + "\r\n" for row in rows)).encode("utf-8", errors="replace")


def _flat(text: str) -> str:
    return "; ".join(re.sub(r"[ \t\r]+", " ", line).strip() for line in text.split("\n") if line.strip())
