"""The work itself: each step calls what the command line calls, and writes what it wrote.

Nothing is remembered but what the folder says: a step reads the files, changes one thing and
writes them whole, so that whoever opens the workbook in Excel meanwhile is not written over.
"""

import datetime
import hashlib
import shlex
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from gri_index import files
from gri_index.catalogue import load_catalogue
from gri_index.desk.folder import REVIEW_NAME, Folder, Inputs, report_name
from gri_index.desk.refusals import ChangedError, DeskError
from gri_index.desk.toml_form import Form, changed_profile, renamed_topics, with_table
from gri_index.errors import ChangedMeanwhileError, GriIndexError, InputError
from gri_index.extraction.report import read_sources
from gri_index.language.labels import Labels, load_labels
from gri_index.language.text import clean, plain
from gri_index.model.findings import Severity
from gri_index.model.index import IndexRow
from gri_index.model.profile import Profile
from gri_index.model.report import Report
from gri_index.model.standards import Catalogue
from gri_index.model.suggestions import Decision, Review, Suggestions, Verdict
from gri_index.model.text import Message, message
from gri_index.model.working import mark
from gri_index.pipeline import Outputs, build, workbook_name
from gri_index.profile import FILE_NAME, read_profile
from gri_index.readers import InputFile
from gri_index.suggest.review import ReviewRow, lay_out_review, read_review
from gri_index.worklist.progress import open_rows
from gri_index.worklist.sheet import lay_out_list
from gri_index.worklist.state import COLUMNS
from gri_index.writers.contents import Contents

EDITED = (
    "sections", "pages", "requirements", "reason", "explanation", "assurance", "workflow", "owner", "due", "reviewer", "agreed", "note",
)  # fmt: skip
FORMATS = ("docx", "xlsx", "html", "json", "csv", "md", "txt")
PUBLISHED = "publish"  # the folder in which what is meant for publication is written
_AS_TYPED = ("owner", "due", "reviewer", "agreed", "note")  # columns that come back as they were typed
_LONGEST = 32_000  # characters; a cell holds a few more
_TRIES = 5  # where somebody else saves at the same time
_REPEATED = frozenset({"list-used"})  # what each entry would say again
_ENTERED = ("xlsx", "json")  # what every entry writes; the rest is written when it is asked for
_NONE: Mapping[str, Any] = MappingProxyType({})


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
            raise ChangedError("row")
        return found


class Work:
    """The steps; one at a time."""

    def __init__(self, folder: Folder, day: datetime.date) -> None:
        self.folder, self.day = folder, day
        self._lock = threading.RLock()
        self._state: tuple[object, State] | None = None  # with what it was made of
        self._report: tuple[object, Report] | None = None
        self._suggested: tuple[object, Suggestions] | None = None

    # ── what there is ──

    def profile(self) -> Profile:
        """What the author states. Raises InputError where the file cannot be read."""
        return files.load_profile(self.folder.profile, self.folder.path / "report")

    def state(self) -> State | None:
        """The report, its index and its working list; None where there is no report yet. Raises GriIndexError."""
        with self._lock:
            if not self.folder.chosen():
                return None
            profile = self.profile()
            made_of = self._made_of(profile)
            if self._state is None or self._state[0] != made_of:
                outputs = self._built(self.folder.read(), profile, (), self._earlier(workbook_name(profile)))
                self._state = made_of, _as_state(outputs, profile)
            return self._state[1]

    def needed(self) -> State:
        """The state. Raises DeskError where no report is chosen."""
        state = self.state()
        if state is None:
            raise DeskError("report")
        return state

    def notes(self) -> list[Message]:
        """What is to be said of the workbook: that it is damaged, and what of it is not read."""
        names = (workbook_name(self.profile()), REVIEW_NAME)
        damaged = [message("list-damaged", file=name) for name in names if files.is_damaged(self.folder.path / name)]
        remarks = self.needed().outputs.index.remarks
        return [*damaged, *(each for each in remarks if each.id.startswith("list-") and each.id not in _REPEATED)]

    def suggestions(self) -> tuple[Suggestions, list[ReviewRow], Labels]:
        """(what is suggested, the rows with what was decided of each, the labels of their words). Raises GriIndexError."""
        from gri_index.suggest.rank import suggest

        with self._lock:
            state, profile, inputs = self.needed(), self.profile(), self.folder.read()
            made_of = (_digests(inputs), profile.report.publication_date, profile.report.language)
            if self._suggested is None or self._suggested[0] != made_of:
                day = profile.report.publication_date or self.day
                found = suggest(self._read(inputs), state.catalogue, day, language=profile.report.language)
                self._suggested = made_of, found
            return self._suggested[1], self._review_rows(self._suggested[1], _review(inputs), state), state.list_labels

    def profile_text(self) -> str:
        """gri-index.toml as it stands. Raises InputError where there is none, or it is no text."""
        try:
            return files.read_input(self.folder.path / FILE_NAME).content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise InputError(f"{FILE_NAME}: not UTF-8", hint="Save the file in the encoding UTF-8.") from None

    def command(self) -> str:
        """The line of the command line that writes the same."""
        review = ["--review", REVIEW_NAME] if (self.folder.path / REVIEW_NAME).is_file() else []
        reports = (f"./{name}" if name.startswith("-") else name for name in self.folder.chosen())
        return shlex.join(["gri-index", "build", *reports, *review, "-o", "."])

    # ── what is entered ──

    def take_report(self, arrived: Path, said: str) -> list[Message]:
        """Takes a file that came in as a report, if it can be read as one. Raises GriIndexError."""
        name = report_name(said)
        with self._lock:
            read_sources([InputFile(name, arrived.read_bytes())])
            kept = self.folder.take_in(arrived, name)
            return [message("desk-report-kept", file=name, kept=kept)] if kept else []

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
                raise ChangedError("profile-there", file=FILE_NAME)
            text = write.toml(draft_profile(self.needed().outputs.report, None).data, labels)
            return self._rebuilt(profile=read_profile(text, FILE_NAME), also={FILE_NAME: text})

    def save_profile(self, form: Form, seen: str) -> list[Message]:
        """Writes what the form says into gri-index.toml, where all else stays; rows of a renamed topic keep their entries.

        Raises ChangedError, and InputError naming each fault; nothing is written then.
        """
        with self._lock:
            text = self.profile_text()
            if mark(text) != seen:
                raise ChangedError("profile-changed", file=FILE_NAME)
            return self._with_profile(text, changed_profile(text, form), renamed_topics(text, form))

    def acknowledge(self, entry: Mapping[str, str], labels: Labels) -> list[Message]:
        """Writes into gri-index.toml that a finding is accepted; ``entry``: rule, disclosure, reason, by. Raises GriIndexError."""
        with self._lock:
            if self.folder.profile is None:
                self.begin_profile(labels)
            elif self.folder.profile.name != FILE_NAME:
                raise DeskError("acknowledging", file=self.folder.profile.name)
            text = self.profile_text()
            return self._with_profile(text, with_table(text, "acknowledged", entry))

    def enter(self, key: str, cells: Mapping[str, str], seen: str) -> list[Message]:
        """Fills in cells of a row of the working list; what is to be said of it. Raises ChangedError, GriIndexError."""

        def filled(state: State) -> dict[str, dict[str, str]]:
            entry = state.entry(key)
            if entry.seen != seen:
                raise ChangedError("row-changed")
            new = {name: text for name, text in cells.items() if name in EDITED and text != entry.cells[name]}
            return {key: new} if new else {}

        with self._lock:
            before = self.needed().outputs.findings
            if name := next((name for name, text in cells.items() if len(text) > _LONGEST), ""):
                raise DeskError("short", column=self.needed().list_labels.words[f"column-{name}"], most=str(_LONGEST))
            told = self._rebuilt(filled=filled)
            now = self.needed().entry(key)
            told += [
                message(
                    "desk-altered",
                    column=self.needed().list_labels.words[f"column-{name}"],
                    text=now.cells[name][:80] or "\u2013",
                )
                for name in _AS_TYPED
                if name in cells and _bare(cells[name]) != _bare(now.cells[name])
            ]
            row = now.row
            new = (each for each in self.needed().outputs.findings if row.key and each.key == row.key and each not in before)
            return [*told, *(each.message for each in new if each.severity is Severity.ERROR)]

    def decide(self, place: str, verdict: Verdict | None, right: str, note: str, seen: str) -> list[Message]:
        """Writes a decision on a suggestion. ``place``: ``review_key`` of its row; ``seen``: ``decided`` as it was. Raises ChangedError."""
        from gri_index.writers.excel_review import write_review

        with self._lock:
            inputs = self.folder.read()
            found, _, labels = self.suggestions()
            rows = self._review_rows(found, _review(inputs), self.needed())
            row = next((each for each in rows if review_key(each) == place), None)
            if row is None:
                raise ChangedError("suggestion")
            if decided(row) != seen:
                raise ChangedError("suggestion-changed")
            decision = Decision(
                number=row.number, edition=row.edition, fingerprint=row.fingerprint, title=row.section, score=row.score,
                verdict=verdict, place=right, note=note,
            )  # fmt: skip
            review = _review(inputs)
            others = tuple(each for each in review.decisions if each != row.decision)
            rows = self._review_rows(found, replace(review, decisions=(*others, decision)), self.needed())
            book, before = (
                write_review(rows, labels),
                inputs.review.content if inputs.review else self.folder.content(REVIEW_NAME),
            )
            whole = not review.losses and (inputs.review is not None or before is None)
            told = self._rebuilt(also={REVIEW_NAME: book}, fixed={REVIEW_NAME: before}, whole=whole)
            return [*review.losses, *told]

    def note(self, place: str, text: str, seen: str) -> list[Message]:
        """Writes a note on a suggestion, whatever was decided of it. Raises ChangedError, GriIndexError."""
        with self._lock:
            row = next((each for each in self.suggestions()[1] if review_key(each) == place), None)
            decision = row.decision if row else None
            verdict, right = (decision.verdict, decision.place) if decision else (None, "")
            return self.decide(place, verdict, right, text, seen)

    def write(self, formats: Sequence[str], *, publish: bool) -> list[Message]:
        """Writes outputs: into the folder, or for publication into the one beside it."""
        with self._lock:
            self.needed()
            if not publish:
                return self._rebuilt(formats=formats)
            profile = self.profile()
            outputs = self._built(self.folder.read(), profile, formats, self._earlier(workbook_name(profile)), publish=True)
            left = open_rows(outputs.index)
            numbers = load_labels(outputs.language).join(left)
            told = [message("publish-open", count=str(len(left)), numbers=numbers)] if left else []
            return [*told, *_kept(self.folder.write(outputs.files, below=PUBLISHED, publish=True))]

    # ── how it is written ──

    def _with_profile(self, before: str, text: str, renamed: Mapping[str, str] = _NONE) -> list[Message]:
        """Writes a profile together with the workbook that it makes; where the list has another name now, its entries come along.

        ``before``: the profile that was read.
        """
        new, now = read_profile(text.encode(), FILE_NAME), self.folder.content(FILE_NAME)
        if now is None or now.decode("utf-8-sig", "replace") != before:
            raise ChangedError("profile-changed", file=FILE_NAME)
        names = Counter(plain(name) for topic in new.topics for name in dict.fromkeys(topic.name.all))
        if twice := next((name for topic in new.topics for name in topic.name.all if names[plain(name)] > 1), ""):
            raise DeskError("twins", name=twice)
        old_list, new_list = workbook_name(self.profile()), workbook_name(new)
        moved = old_list != new_list and (self.folder.path / old_list).is_file()
        told = self._rebuilt(
            profile=new,
            also={FILE_NAME: text.encode()},
            fixed={FILE_NAME: now},
            renamed=renamed,
            earlier=old_list if moved else "",
        )
        return [*([message("desk-list-moved", file=old_list, list=new_list)] if moved else []), *told]

    def _rebuilt(
        self, *, also: Mapping[str, bytes] = _NONE, fixed: Mapping[str, bytes | None] | None = None, **how: Any
    ) -> list[Message]:
        """``_write_anew``; again from the beginning where somebody saved the workbook meanwhile.

        ``fixed``: the files of ``also`` as they were read; left out: none of them was there.
        """
        fixed = dict.fromkeys(also) if fixed is None else fixed
        for _ in range(_TRIES):
            try:
                return self._write_anew(also, fixed, **how)
            except ChangedMeanwhileError:
                if any(self.folder.content(name) != content for name, content in fixed.items()):
                    raise ChangedError("profile-changed", file=next(iter(also))) from None
        raise DeskError("rest", file=workbook_name(self.profile()))

    def _write_anew(
        self, also: Mapping[str, bytes], fixed: Mapping[str, bytes | None], *, profile: Profile | None = None, earlier: str = "",
        renamed: Mapping[str, str] = _NONE, formats: Sequence[str] = _ENTERED, whole: bool = True,
        filled: Callable[[State], Mapping[str, Mapping[str, str]]] | None = None,
    ) -> list[Message]:  # fmt: skip
        """Writes the workbook anew with all else that changes, all or nothing; what is new to be said.

        ``also``: further files; ``fixed``: these as they were; ``whole``: nothing of them is lost. ``filled``: cells that are
        entered in the list as it is now.
        """
        profile = profile or self.profile()
        if not self.folder.chosen():
            self.folder.write(also, seen=fixed)
            return []
        inputs, name = self.folder.read(), workbook_name(profile)
        inputs = replace(inputs, review=InputFile(REVIEW_NAME, also[REVIEW_NAME])) if REVIEW_NAME in also else inputs
        there, known = self.folder.content(name), self._said_already()
        outputs = self._built(inputs, profile, ("xlsx",) if filled else formats, self._earlier(earlier or name), renamed=renamed)
        read = [name] if outputs.working_read else []
        if filled:  # on the workbook as it would be now: it has all rows, each once
            if not (entered := filled(_as_state(outputs, profile))):
                return []
            outputs = self._built(inputs, profile, formats, InputFile(name, outputs.files[name]), entered=entered)
        read += [REVIEW_NAME] if whole and REVIEW_NAME in also else []
        moved = bool(earlier) and earlier != name  # a list that had this name before is kept aside
        kept = self.folder.write(
            {**outputs.files, **also}, read=[] if moved else read, publish=moved, seen={name: there, **fixed}
        )
        self._state = None  # read anew: what the workbook gives back counts
        return [*(each for each in outputs.index.remarks if each not in known and each.id not in _REPEATED), *_kept(kept)]

    def _said_already(self) -> set[Message]:
        """What the first page says of the report as it is."""
        try:
            return set(self.needed().outputs.index.remarks)
        except GriIndexError:
            return set()

    def _made_of(self, profile: Profile) -> object:
        return self.folder.chosen(), self.folder.signature(workbook_name(profile))

    def _earlier(self, name: str) -> InputFile | None:
        return files.read_earlier(self.folder.path / name)

    def _read(self, inputs: Inputs) -> Report:
        """The report, read once."""
        if self._report is None or self._report[0] != _digests(inputs):
            self._report = _digests(inputs), read_sources(inputs.reports)
        return self._report[1]

    def _built(
        self, inputs: Inputs, profile: Profile, formats: Sequence[str], working: InputFile | None, *, publish: bool = False,
        entered: Mapping[str, Mapping[str, str]] = _NONE, renamed: Mapping[str, str] = _NONE,
    ) -> Outputs:  # fmt: skip
        template = self.folder.path / profile.output.template if profile.output.template else None
        return build(
            inputs.reports, profile, load_catalogue(), formats=formats, working=working, entered=entered, renamed=renamed,
            review=inputs.review, publish=publish, template=files.read_template(template), report=self._read(inputs),
        )  # fmt: skip

    def _review_rows(self, found: Suggestions, review: Review, state: State) -> list[ReviewRow]:
        labels = state.list_labels
        titles = {(each.key.number, each.key.edition): labels.pick(each.title) for each in state.catalogue.disclosures()}
        return lay_out_review(found, review, self._read(self.folder.read()), titles, labels)


def _as_state(outputs: Outputs, profile: Profile) -> State:
    catalogue, labels = load_catalogue(), load_labels(outputs.language)
    layout = lay_out_list(outputs.index, outputs.working, catalogue, labels, "")
    cells = [dict(zip(COLUMNS, each.values, strict=False)) for each in layout.rows]
    rows = zip(layout.keys, outputs.index.rows, cells, strict=False)
    return State(profile, outputs, catalogue, labels, tuple(ListEntry(*each) for each in rows))


def _digests(inputs: Inputs) -> tuple[str, ...]:
    return tuple(f"{each.name} {hashlib.sha256(each.content).hexdigest()}" for each in inputs.reports)


def _review(inputs: Inputs) -> Review:
    return read_review(inputs.review.content, inputs.review.name) if inputs.review else Review()


def review_key(row: ReviewRow) -> str:
    """What tells a suggestion from every other."""
    return mark(row.number, row.edition, row.fingerprint, row.section)


def decided(row: ReviewRow) -> str:
    """Tells whether the decision on a suggestion is still as it was shown."""
    decision = row.decision
    return mark(str(decision.verdict or ""), decision.place, decision.note) if decision else mark("", "", "")


def _bare(text: str) -> str:
    return "".join(clean(text).split())


def _kept(kept: Sequence[tuple[str, str]]) -> list[Message]:
    return [message("kept-aside", file=old, kept=new) for old, new in kept]
