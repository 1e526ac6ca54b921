"""The work itself: each step calls what the command line calls, and writes what it wrote.

Nothing is remembered but what the folder says: a step reads the files, changes one thing and
writes them whole, so that whoever opens the workbook in Excel meanwhile is not written over.
"""

import datetime
import shlex
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gri_index import files
from gri_index.catalogue import load_catalogue
from gri_index.desk.folder import REVIEW_NAME, Folder, Inputs, report_name
from gri_index.desk.toml_form import Form, changed_profile, with_table
from gri_index.errors import InputError
from gri_index.extraction.report import read_sources
from gri_index.language.labels import Labels, load_labels
from gri_index.model.index import IndexRow
from gri_index.model.profile import Profile
from gri_index.model.standards import Catalogue
from gri_index.model.suggestions import Decision, Review, Suggestions, Verdict
from gri_index.model.text import Message, message
from gri_index.model.working import mark
from gri_index.pipeline import Outputs, build, workbook_name
from gri_index.profile import FILE_NAME, read_profile
from gri_index.readers import InputFile
from gri_index.suggest.review import ReviewRow, lay_out_review, read_review
from gri_index.worklist.sheet import lay_out_list
from gri_index.worklist.state import COLUMNS
from gri_index.writers.contents import Contents

EDITED = (
    "sections",
    "pages",
    "requirements",
    "reason",
    "explanation",
    "assurance",
    "workflow",
    "owner",
    "due",
    "reviewer",
    "agreed",
    "note",
)
FORMATS = ("docx", "xlsx", "html", "json", "csv", "md", "txt")
PUBLISHED = "publish"  # the folder in which what is meant for publication is written
_ENTERED = ("xlsx", "json")  # what every entry writes; the rest is written when it is asked for


class ChangedError(InputError):
    """What was entered was meant for something that has changed meanwhile."""


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A row of the working list as it can be filled in."""

    key: str
    row: IndexRow
    cells: Mapping[str, str]

    @property
    def seen(self) -> str:
        """Tells whether the cells are still as they were shown."""
        return mark(*(self.cells[name] for name in EDITED))


@dataclass(frozen=True, slots=True)
class State:
    """What the folder holds, and what becomes of it."""

    profile: Profile
    outputs: Outputs
    catalogue: Catalogue
    list_labels: Labels  # of the workbook, whose words its cells are in
    entries: tuple[ListEntry, ...]

    @property
    def contents(self) -> Contents:
        """As a writer has it."""
        outputs = self.outputs
        return Contents(outputs.report, self.profile, self.catalogue, outputs.index, outputs.findings, outputs.working)

    def entry(self, key: str) -> ListEntry:
        """A row by its short key. Raises ChangedError where there is none any more."""
        found = next((each for each in self.entries if each.key == key), None)
        if found is None:
            raise ChangedError("This row is no longer in the list", hint="Open the list anew.")
        return found


class Work:
    """The steps; one at a time."""

    def __init__(self, folder: Folder, day: datetime.date) -> None:
        self.folder, self.day = folder, day
        self._lock = threading.RLock()
        self._states: dict[Any, State] = {}
        self._suggested: dict[Any, Suggestions] = {}

    # ── what there is ──

    def profile(self) -> Profile:
        """What the author states. Raises InputError where the file cannot be read."""
        path = self.folder.profile
        return files.load_profile(path, self.folder.path / "report")

    def state(self) -> State | None:
        """The report, its index and its working list; None where there is no report yet. Raises GriIndexError."""
        with self._lock:
            if not self.folder.chosen():
                return None
            profile = self.profile()
            name = workbook_name(profile)
            signature = (self.folder.chosen(), self.folder.signature(name))
            if signature not in self._states:
                inputs = self.folder.read()
                outputs = self._built(inputs, profile, (), self._earlier(name))
                self._states = {signature: self._state(outputs, profile)}  # the last one alone: a report may be large
            return self._states[signature]

    def suggestions(self) -> tuple[Suggestions, list[ReviewRow], Labels]:
        """(what is suggested, the rows with what was decided of each, the labels of their words). Raises InputError where no report is there."""
        from gri_index.suggest.rank import suggest

        with self._lock:
            state = self.needed()
            inputs, profile = self.folder.read(), self.profile()
            signature = (self.folder.chosen(), self.folder.signature(), profile.report.publication_date, profile.report.language)
            if signature not in self._suggested:
                report = read_sources(inputs.reports)
                day = profile.report.publication_date or self.day
                self._suggested = {signature: suggest(report, state.catalogue, day, language=profile.report.language)}
            found = self._suggested[signature]
            review = read_review(inputs.review.content, inputs.review.name) if inputs.review else Review()
            return found, self._review_rows(found, review, state), state.list_labels

    def needed(self) -> State:
        """The state. Raises InputError where no report is chosen."""
        state = self.state()
        if state is None:
            raise InputError("No report is chosen yet", hint="Drop it on the first page.")
        return state

    def _state(self, outputs: Outputs, profile: Profile) -> State:
        catalogue, labels = load_catalogue(), load_labels(outputs.language)
        layout = lay_out_list(outputs.index, outputs.working, catalogue, labels, "")
        cells = [dict(zip(COLUMNS, each.values, strict=False)) for each in layout.rows]
        rows = zip(layout.keys, outputs.index.rows, cells, strict=False)
        return State(profile, outputs, catalogue, labels, tuple(ListEntry(*each) for each in rows))

    def _earlier(self, name: str) -> InputFile | None:
        return files.read_earlier(self.folder.path / name)

    def _built(
        self, inputs: Inputs, profile: Profile, formats: Sequence[str], working: InputFile | None, *, publish: bool = False,
        entered: Mapping[str, Mapping[str, str]] | None = None,
    ) -> Outputs:  # fmt: skip
        template = self.folder.path / profile.output.template if profile.output.template else None
        return build(
            inputs.reports, profile, load_catalogue(), formats=formats, working=working, entered=entered, review=inputs.review,
            publish=publish, template=files.read_template(template),
        )  # fmt: skip

    # ── what is entered ──

    def take_report(self, arrived: Any, said: str) -> list[Message]:
        """Takes a file that came in as a report, if it can be read as one. Raises GriIndexError."""
        name = report_name(said)
        with self._lock:
            read_sources([InputFile(name, arrived.read_bytes())])
            kept = self.folder.take_in(arrived, name)
            return [message("kept-aside", file=name, kept=kept)] if kept else []

    def choose(self, names: Sequence[str]) -> list[Message]:
        """Says which files make the report, and builds."""
        with self._lock:
            self.folder.choose(names)
            return self._rebuilt()

    def begin_profile(self, labels: Labels) -> list[Message]:
        """Writes a profile with what the report tells. Raises GriIndexError where one is there."""
        from gri_index.profile.draft import draft_profile
        from gri_index.writers import profile as write

        with self._lock:
            if self.folder.profile:
                raise ChangedError(f"{FILE_NAME}: is there already", hint="Open the page anew.")
            data = draft_profile(self.needed().outputs.report, None).data
            self.folder.write({FILE_NAME: write.toml(data, labels)})
            return self._rebuilt()

    def save_profile(self, form: Form, seen: str) -> list[Message]:
        """Writes what the form says into gri-index.toml, where all else stays. Raises InputError naming each fault."""
        with self._lock:
            text = self.profile_text()
            if mark(text) != seen:
                raise ChangedError(
                    f"{FILE_NAME} has changed since this page was opened", hint="Open the page anew and enter it again."
                )
            new = changed_profile(text, form).encode()
            read_profile(new, FILE_NAME)
            self.folder.write({FILE_NAME: new})
            return self._rebuilt()

    def profile_text(self) -> str:
        """gri-index.toml as it stands. Raises InputError where there is none, or it is no text."""
        try:
            return files.read_input(self.folder.path / FILE_NAME).content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise InputError(f"{FILE_NAME}: not UTF-8", hint="Save the file in the encoding UTF-8.") from None

    def acknowledge(self, entry: Mapping[str, str], labels: Labels) -> list[Message]:
        """Writes into gri-index.toml that a finding is accepted; ``entry``: rule, disclosure, reason, by. Raises GriIndexError."""
        with self._lock:
            if self.folder.profile is None:
                self.begin_profile(labels)
            new = with_table(self.profile_text(), "acknowledged", entry).encode()
            read_profile(new, FILE_NAME)
            self.folder.write({FILE_NAME: new})
            return self._rebuilt()

    def command(self) -> str:
        """The line of the command line that writes the same."""
        review = [REVIEW_NAME] if (self.folder.path / REVIEW_NAME).is_file() else []
        return shlex.join(
            ["gri-index", "build", *self.folder.chosen(), *(part for name in review for part in ("--review", name)), "-o", "."]
        )

    def enter(self, key: str, cells: Mapping[str, str], seen: str) -> list[Message]:
        """Fills in cells of a row of the working list; what is to be said of it. Raises ChangedError, GriIndexError."""
        with self._lock:
            entry = self.needed().entry(key)
            if entry.seen != seen:
                raise ChangedError("This row has changed meanwhile, here or in Excel", hint="Open it anew and enter it again.")
            new = {name: text for name, text in cells.items() if name in EDITED and text != entry.cells[name]}
            return self._rebuilt({key: new}) if new else []

    def decide(self, place: str, verdict: Verdict | None, right: str, note: str) -> list[Message]:
        """Writes a decision on a suggestion. ``place``: ``review_key`` of its row. Raises ChangedError, GriIndexError."""
        from gri_index.writers.excel_review import write_review

        with self._lock:
            found, rows, labels = self.suggestions()
            row = next((each for each in rows if review_key(each) == place), None)
            if row is None:
                raise ChangedError("This suggestion is no longer made", hint="Open the page anew.")
            decision = Decision(
                number=row.number, edition=row.edition, fingerprint=row.fingerprint, title=row.section, score=row.score,
                verdict=verdict, place=right, note=note,
            )  # fmt: skip
            inputs = self.folder.read()
            review = read_review(inputs.review.content, REVIEW_NAME) if inputs.review else Review()
            others = tuple(each for each in review.decisions if each != row.decision)
            decided = replace(review, decisions=(*others, decision))
            book = write_review(self._review_rows(found, decided, self.needed()), labels)
            kept = self.folder.write({REVIEW_NAME: book}, read="" if review.losses else REVIEW_NAME)
            return [*review.losses, *_kept(kept), *self._rebuilt()]

    def write(self, formats: Sequence[str], *, publish: bool) -> list[Message]:
        """Writes outputs: into the folder, or for publication into the one beside it."""
        with self._lock:
            self.needed()
            if not publish:
                return self._rebuilt(formats=formats)
            profile = self.profile()
            outputs = self._built(self.folder.read(), profile, formats, self._earlier(workbook_name(profile)), publish=True)
            return _kept(self.folder.write(outputs.files, below=PUBLISHED, publish=True))

    def _rebuilt(
        self, entered: Mapping[str, Mapping[str, str]] | None = None, formats: Sequence[str] = _ENTERED
    ) -> list[Message]:
        """Writes the workbook anew, with cells that are filled in; what is new to be said."""
        if not self.folder.chosen():
            return []
        inputs, profile = self.folder.read(), self.profile()
        name = workbook_name(profile)
        outputs = self._built(inputs, profile, formats if entered is None else ("xlsx",), self._earlier(name))
        known, whole = set(outputs.index.remarks), outputs.working_read
        if entered is not None:  # on the workbook as it would be now: it has all rows, each once
            now = InputFile(name, outputs.files[name])
            outputs = self._built(inputs, profile, formats, now, entered=entered)
        kept = self.folder.write(outputs.files, read=name if whole else "")
        self._states = {}
        return [*(each for each in outputs.index.remarks if each not in known), *_kept(kept)]

    def _review_rows(self, found: Suggestions, review: Review, state: State) -> list[ReviewRow]:
        labels = state.list_labels
        titles = {(each.key.number, each.key.edition): labels.pick(each.title) for each in state.catalogue.disclosures()}
        return lay_out_review(found, review, read_sources(self.folder.read().reports), titles, labels)


def review_key(row: ReviewRow) -> str:
    """What tells a suggestion from every other."""
    return mark(row.number, row.edition, row.fingerprint, row.section)


def _kept(kept: Sequence[tuple[str, str]]) -> list[Message]:
    return [message("kept-aside", file=old, kept=new) for old, new in kept]
