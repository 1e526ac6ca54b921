"""PDF files made from a few lines: text in Helvetica, outline, page labels, annotations."""

from dataclasses import dataclass, field


@dataclass
class PdfPage:
    lines: list[tuple[str, int]]  # (text, size in points), from the top
    notes: list[str] = field(default_factory=list)
    rotate: int = 0


def pdf(pages: list[PdfPage], *, outline: list[tuple[str, int]] = [], labels: str = "") -> bytes:  # noqa: B006
    """A PDF; ``outline``: (title, page index); ``labels``: a /Nums array of page labels."""
    objects: list[str] = ["", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]  # catalog, pages, font

    def add(body: str) -> int:
        objects.append(body)
        return len(objects)

    kids = []
    for page in pages:
        commands, y = "", 800
        for text, size in page.lines:
            escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            commands += f"BT /F1 {size} Tf 50 {y} Td ({escaped}) Tj ET\n"
            y -= int(size * 1.6)
        stream = add(f"<< /Length {len(commands.encode('latin-1'))} >>\nstream\n{commands}endstream")
        notes = [add(f"<< /Type /Annot /Subtype /Text /Rect [300 700 320 720] /Contents ({note}) >>") for note in page.notes]
        annots = " ".join(f"{note} 0 R" for note in notes)
        kids.append(
            add(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate {page.rotate} /Contents {stream} 0 R "
                f"/Resources << /Font << /F1 3 0 R >> >> /Annots [{annots}] >>"
            )
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(kids)} >>"
    extra = f"/PageLabels << /Nums {labels} >>" if labels else ""
    if outline:
        root = len(objects) + 1
        entries = range(root + 1, root + 1 + len(outline))
        add(f"<< /Type /Outlines /First {entries[0]} 0 R /Last {entries[-1]} 0 R /Count {len(outline)} >>")
        for number, (title, index) in zip(entries, outline, strict=True):
            links = (f"/Prev {number - 1} 0 R " if number > entries[0] else "") + (
                f"/Next {number + 1} 0 R" if number < entries[-1] else ""
            )
            add(f"<< /Title ({title}) /Parent {root} 0 R /Dest [{kids[index]} 0 R /Fit] {links} >>")
        extra += f" /Outlines {root} 0 R"
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R {extra} >>"
    return serialise(objects)


def pdf_of(commands: str) -> bytes:
    """A PDF of one page that is drawn by these commands (ISO 32000-1, 9.4)."""
    return serialise(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            f"<< /Length {len(commands)} >>\nstream\n{commands}endstream",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
        ]
    )


def serialise(objects: list[str]) -> bytes:
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    start = len(out)
    return (
        out
        + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    )
