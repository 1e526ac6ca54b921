"""Damaged copies of the files that a user hands in, through the whole job. Not part of ``make test``.

    python -m tests.fuzz.fuzz_files KIND [COUNT [FIRST]]

KIND: list (working lists), template (house styles), index (``build --from-index``), profile
(TOML and workbook). Each file is one that the program wrote, with a part of it changed; what must
come out is a result or one of the program's own errors, within five seconds. Prints what broke,
with the seed that makes it again, the slowest run and the peak of memory.
"""

import contextlib
import copy
import io
import random
import resource
import signal
import sys
import time
import tomllib
import traceback
import zipfile
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from gri_index.catalogue import load_catalogue
from gri_index.errors import GriIndexError
from gri_index.language.labels import load_labels
from gri_index.model.profile import Profile
from gri_index.pipeline import build
from gri_index.profile import read_profile
from gri_index.readers import InputFile
from gri_index.writers.profile import workbook

ROOT = Path(__file__).resolve().parents[2]
REPORT = InputFile("r.md", b"# Energy\n\n[GRI 302-1]\n\nWe used 5 MWh.\n\n# People\n\n[GRI 2-7] We are 90.\n\n[GRI 403-9]\n")
SECONDS = 5
PATIENCE = 60  # seconds until a run that does not end is broken off and named
PIECES = [
    b"", b"<", b">", b"&", b'"', b"302-1", b"2-7", b"2-7; 2-8", b"nan", b"1e400", b"-1", b"99999999999", b"\xff\xfe", b"\x00", b"=1+1",
    b"not applicable", b"2026-02-30", b"</row>", b"</c>", b"<v>7</v>", b"</w:p>", b"</w:tbl>", b'r="XFD1048576"', b't="s"', b"<f>1</f>", b"[[", b"]]", b"'''",
]  # fmt: skip

TEXTS = [piece.decode() for piece in PIECES if piece.isascii() and b"\x00" not in piece] + [
    "GRI 302-1",
    "5" * 5000,
    "p. 7-9000",
    "\u2067",
]


def damaged(content: bytes, dice: random.Random) -> bytes:
    """The bytes with some of them exchanged, dropped, doubled or replaced."""
    data = bytearray(content)
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(data) + 1)
        end = min(len(data), at + dice.choice((1, 4, 40, 400)))
        match dice.randrange(4):
            case 0:
                data[at:end] = dice.choice(PIECES)
            case 1:
                data[at:at] = dice.choice(PIECES)
            case 2:
                del data[at:end]
            case _:
                data[at:at] = data[at:end]
    return bytes(data)


def rearranged(content: bytes, dice: random.Random) -> bytes:
    """An XML part that stays well-formed: elements dropped, doubled, moved, other texts and attributes."""
    root = etree.fromstring(content)
    for _ in range(dice.randint(1, 12)):
        every = list(root.iter(etree.Element))[1:]
        if not every:
            break
        one, other = dice.choice(every), dice.choice(every)
        match dice.randrange(5):
            case 0:
                one.getparent().remove(one)
            case 1:
                one.addnext(copy.deepcopy(one))
            case 2 if other not in one.iter() and one not in other.iter():
                one.append(copy.deepcopy(other))
            case 3:
                one.text = dice.choice(TEXTS)
            case _ if one.attrib:
                one.attrib[dice.choice(list(one.attrib))] = dice.choice(TEXTS)
            case _:
                pass
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def package(content: bytes, dice: random.Random) -> bytes:
    """An Office file with one or two parts damaged, or the file itself."""
    if dice.random() < 0.05:
        return damaged(content, dice)
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    for _ in range(dice.randint(1, 2)):
        name = dice.choice([each for each in parts if each.endswith((".xml", ".rels"))])
        if dice.random() < 0.05:
            parts.pop(name)
        else:
            changed = damaged if dice.random() < 0.1 else rearranged
            with contextlib.suppress(etree.XMLSyntaxError):  # damaged before
                parts[name] = changed(parts[name], dice)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return out.getvalue()


def jobs() -> dict[str, Callable[[random.Random], object]]:
    """What is done with a damaged file of each kind."""
    catalogue, profile = load_catalogue(), Profile()
    first = build([REPORT], profile, catalogue, formats=("docx", "xlsx", "md", "csv", "json"))
    template = (ROOT / "gri_index" / "writers" / "template.docx").read_bytes()
    text = (ROOT / "examples" / "gri-index.toml").read_bytes()
    sheets = workbook(tomllib.loads(text.decode()), load_labels("en"))
    printed = [(name, data) for name, data in first.files.items() if name.endswith((".docx", ".xlsx", ".md", ".csv"))]

    def working(dice: random.Random) -> object:
        file = InputFile("content-index.xlsx", package(first.files["content-index.xlsx"], dice))
        return build([REPORT], profile, catalogue, formats=("xlsx",), working=file)

    def house(dice: random.Random) -> object:
        return build([REPORT], profile, catalogue, formats=("docx",), template=package(template, dice))

    def index(dice: random.Random) -> object:
        name, data = dice.choice(printed)
        broken = package(data, dice) if name.endswith("x") else damaged(data, dice)
        return build(
            [InputFile(name, broken)], Profile(stated=False), catalogue, formats=("json",), printed=InputFile(name, broken)
        )

    def stated(dice: random.Random) -> object:
        if dice.random() < 0.5:
            return read_profile(damaged(text, dice), "p.toml")
        return read_profile(package(sheets, dice), "p.xlsx")

    return {"list": working, "template": house, "index": index, "profile": stated}


class _EndlessError(BaseException):
    """A run that does not end; nothing catches it by mistake."""


def _endless(*_: object) -> None:
    raise _EndlessError


def main() -> int:
    kind, count, first = sys.argv[1], int((*sys.argv[2:], "1000")[0]), int((*sys.argv[3:], "0")[0])
    job, broken, slowest, refused = jobs()[kind], 0, (0.0, 0), 0
    signal.signal(signal.SIGALRM, _endless)
    for seed in range(first, first + count):
        start = time.perf_counter()
        signal.alarm(PATIENCE)
        try:
            job(random.Random(seed))
        except GriIndexError:
            refused += 1
        except (Exception, _EndlessError):
            broken += 1
            print(f"seed {seed}")
            traceback.print_exc()
        slowest = max(slowest, (time.perf_counter() - start, seed))
    signal.alarm(0)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{count} of {kind}: {broken} uncaught, {refused} refused in a line, slowest {slowest[0]:.2f} s (seed {slowest[1]}), peak {memory} MB"
    )
    return 1 if broken or slowest[0] > SECONDS else 0


if __name__ == "__main__":
    sys.exit(main())
