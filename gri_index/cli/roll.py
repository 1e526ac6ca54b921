"""``gri-index init --from``: what comes over from the index of an earlier report."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from gri_index.catalogue import load_catalogue
from gri_index.errors import InputError
from gri_index.extraction.extract import extract
from gri_index.extraction.statements import as_profile
from gri_index.language.labels import Labels, load_labels
from gri_index.language.text import plain
from gri_index.matching import match
from gri_index.model.profile import Profile
from gri_index.model.report import Report
from gri_index.model.working import WorkingList, WorkNotes
from gri_index.ooxml import is_workbook
from gri_index.profile import read_profile
from gri_index.profile.carried import carried_over, kinds, left_behind
from gri_index.readers import InputFile
from gri_index.worklist.read import read_working_list
from gri_index.writers import WRITERS
from gri_index.writers import profile as write
from gri_index.writers.contents import Contents

WORKING_NAME = "content-index.xlsx"  # where build looks for a working list


def carried(earlier: InputFile, report: Report) -> dict[str, Any]:
    """The tables that the new profile takes over. Raises InputError for a file that holds no index."""
    return carried_over(_profile(earlier, report), earlier.name)


def _profile(earlier: InputFile, report: Report | None) -> Profile:
    """What the earlier index states: as its index.json or profile has it, else as it is printed."""
    if earlier.name.lower().endswith((".json", ".toml")):
        return read_profile(earlier.content, earlier.name)
    printed = extract(earlier)
    if not printed.rows:
        raise InputError(f"{earlier.name}: no content index was found", hint="Name the index of last year, or its index.json.")
    found = as_profile(printed, report, Profile(stated=False), load_catalogue())
    titles = {plain(section.title) for section in report.sections} if report else set()
    kept = (each for each in found.locations if not titles & {plain(name) for name in each.section.all})
    return replace(found, locations=tuple(kept))


def owners_list(earlier: InputFile, report: Report, data: Mapping[str, Any]) -> bytes | None:
    """A workbook whose working list names the owners and reviewers of last year's; None where none were named."""
    catalogue = load_catalogue()
    if not is_workbook(earlier.content):
        return None
    working = read_working_list(earlier.content, earlier.name, lambda number: bool(catalogue.editions_of(number)))
    rows = tuple(
        replace(row, notes=WorkNotes(owner=row.notes.owner, reviewer=row.notes.reviewer), places=(), omissions=(),
                removed=frozenset(), moved_to="", status="", cells=())
        for row in (working.rows if working else ())
        if row.notes.owner or row.notes.reviewer
    )  # fmt: skip
    if not rows or working is None:
        return None
    labels = load_labels(working.language)
    profile = read_profile(write.toml(dict(data), labels))
    index = match(report, catalogue.with_sectors(profile.report.publication_date, {}), profile)
    contents = Contents(report, profile, catalogue, index, working=WorkingList(working.language, rows))
    return WRITERS["xlsx"].load()(contents, labels, None, False)


def told(
    earlier: InputFile, report: Report, files: Mapping[str, bytes], data: Mapping[str, Any], labels: Labels
) -> Iterator[str]:
    """What came over, and what did not."""
    parts = [f"{count} {labels.words[f'carried-{kind}']}" for kind, count in kinds(data)]
    parts += [labels.words["carried-owners"]] if WORKING_NAME in files else []
    yield labels.text("init-carried", file=earlier.name, parts=labels.join(parts) or "0")
    if left := left_behind(_profile(earlier, None)):
        tagged = {tag.reference.name for tag in report.tags}
        homeless = labels.join([name for name in dict.fromkeys(left) if name not in tagged]) or "\u2013"
        yield labels.text("init-left-behind", file=earlier.name, count=str(len(left)), numbers=homeless)
