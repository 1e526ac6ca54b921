"""The printed index as a Markdown table, for web pages and repositories."""

import re

from gri_index.language.labels import Labels
from gri_index.writers.contents import Contents
from gri_index.writers.layout import LineCell, LineKind, lay_out
from gri_index.writers.links import is_link

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#])")


def write(contents: Contents, labels: Labels, template: bytes | None, publish: bool) -> bytes:
    """UTF-8. What the report's words hold of Markdown or HTML is escaped."""
    layout = lay_out(contents.index, contents.profile, contents.catalogue, labels)
    lines = [f"# {_escape(layout.title)}", "", *([_escape(layout.draft), ""] if layout.draft and not publish else [])]
    for label, value in layout.head:
        lines += [f"**{_escape(label)}**{labels.words['colon']}{_escape(value)}", ""]
    names = list(layout.columns)
    if layout.long:
        names[3:6] = [f"{layout.spanning}{labels.words['colon']}{name}" for name in names[3:6]]
    lines += [_row([_escape(name) for name in names]), _row(["---"] * len(names))]
    for line in layout.lines:
        if line.kind is LineKind.ROW:
            lines.append(_row([_cell(cell) for cell in line.cells]))
        else:
            lines.append(_row([f"**{_escape(line.cells[0].text)}**", *[""] * (len(names) - 1)]))
    lines += ["", *(_escape(note) for note in layout.notes if note.startswith("*"))]  # no cell is grey here
    if layout.not_material:
        lines += [
            "",
            f"## {_escape(layout.not_material_title)}",
            "",
            _row(list(layout.not_material_columns)),
            _row(["---", "---"]),
        ]
        for group in layout.not_material:
            lines.append(_row([f"**{_escape(group.standard)}**", ""]))
            lines += [_row([_escape(topic), _escape(explanation)]) for topic, explanation in group.topics]
    return ("\n".join(lines).rstrip() + "\n").encode("utf-8", errors="replace")


def _cell(cell: LineCell) -> str:
    paragraphs = []
    for paragraph in cell.paragraphs:
        parts = (
            f"[{_escape(part.text)}]({part.url})"
            if is_link(part.url) and "(" not in part.url and ")" not in part.url
            else _escape(part.text)
            for part in paragraph
        )
        paragraphs.append("".join(parts))
    return "<br>".join(paragraphs)


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split("\n")))


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
