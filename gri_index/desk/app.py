"""The desk as an application: which path shows what, and which takes what is entered."""

from collections.abc import Awaitable, Callable, Iterable
from importlib.resources import files as package_files
from pathlib import Path
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route, Router

from gri_index.desk.guard import App, Guard
from gri_index.desk.pages import check, outputs, profile, report, suggestions, worklist
from gri_index.desk.pages.frame import PAGES, Element, Frame, button, fragment, page, refused, said
from gri_index.desk.refusals import ChangedError, DeskError
from gri_index.desk.toml_form import form_tables
from gri_index.desk.work import FORMATS, PUBLISHED, Work, review_key
from gri_index.errors import GriIndexError
from gri_index.files import MAX_INPUT
from gri_index.language.labels import message_labels, message_languages
from gri_index.model.suggestions import Verdict
from gri_index.model.text import Message
from gri_index.profile import FILE_NAME

_MOST_FORM = 4 * 2**20  # bytes
_MOST_FIELDS = 50_000
_TYPES = {".css": "text/css", ".js": "text/javascript", ".html": "text/html", ".json": "application/json"}
Form = list[tuple[str, str]]
Answer = Callable[[Request], Awaitable[Response]]


class Desk:
    """The pages and the steps of one folder. ``language``: of what is said."""

    def __init__(self, work: Work, token: str, language: str) -> None:
        self.work, self.token, self.language = work, token, language
        self._told: list[tuple[str, str]] = []  # (kind, text): to be said on the next page

    @property
    def frame(self) -> Frame:
        """What all pages know."""
        return Frame(f"/{self.token}", message_labels(self.language), str(self.work.folder.path))

    # ── pages ──

    def report_page(self, request: Request) -> Response:
        """The report and its sections."""
        folder = self.work.folder
        return self._page(
            "", lambda frame: report.content(frame, folder.candidates(), folder.chosen(), self.work.state()), drop=True
        )

    def profile_page(self, request: Request) -> Response:
        """The profile."""
        path = self.work.folder.profile

        def content(frame: Frame) -> Iterable[Element]:
            if path is None:
                return profile.none_yet(frame)
            if path.name != FILE_NAME:
                return profile.workbook(frame, path.name)
            text = self.work.profile_text()
            return profile.content(frame, text, form_tables(text))

        return self._page("profile", content)

    def suggestions_page(self, request: Request) -> Response:
        """What is suggested."""
        wanted, only = request.query_params.get("show", "open"), request.query_params.get("only", "")

        def content(frame: Frame) -> Iterable[Element]:
            found, rows, _ = self.work.suggestions()
            titles = dict.fromkeys(section.title for section in self.work.needed().outputs.report.sections if section.title)
            return suggestions.content(frame, found, rows, titles, wanted, only)

        return self._page("suggestions", content)

    def list_page(self, request: Request) -> Response:
        """The working list."""
        wanted = dict(request.query_params)
        return self._page("list", lambda frame: worklist.content(frame, self.work.needed(), self.work.notes(), wanted))

    def list_form(self, request: Request) -> Response:
        """The form of a row."""
        state = self.work.needed()
        return _html(fragment(worklist.form(self.frame, state, state.entry(request.path_params["key"]))))

    def check_page(self, request: Request) -> Response:
        """Coverage and findings."""
        return self._page("check", lambda frame: check.content(frame, self.work.needed()))

    def outputs_page(self, request: Request) -> Response:
        """The outputs."""
        folder = self.work.folder
        return self._page(
            "outputs",
            lambda frame: outputs.content(frame, folder.made(), folder.made(PUBLISHED), self.work.command()),
        )

    def _page(self, here: str, content: Callable[[Frame], Iterable[Element]], *, drop: bool = False) -> Response:
        """A page; where it cannot be made, what is wrong stands in its place."""
        frame, told = self.frame, self._told
        self._told = []
        notes = [
            said(lines, kind)
            for kind in ("good", "note")
            if (lines := list(dict.fromkeys(text for each, text in told if each == kind)))
        ]
        try:
            elements = list(content(frame))
        except GriIndexError as error:
            begin = list(report.content(frame, self.work.folder.candidates(), self.work.folder.chosen(), None)) if drop else []
            notes, elements = [*notes, refused(frame, error)], begin
        return _html(page(frame, here, *elements, notes=notes))

    # ── what is entered ──

    def choose(self, request: Request, form: Form) -> Response:
        """Which files make the report."""
        self._tell(self.work.choose([value for name, value in form if name == "file"]))
        return self._see("")

    def begin_profile(self, request: Request, form: Form) -> Response:
        """A profile to start from."""
        self._tell(self.work.begin_profile(self.frame.labels))
        return self._see("profile")

    def save_profile(self, request: Request, form: Form) -> Response:
        """The profile as the form says it."""
        seen = next((value for name, value in form if name == "seen"), "")
        self._tell(self.work.save_profile(form, seen), self.frame.word("desk-saved", file=FILE_NAME))
        return self._see("profile", request)

    def decide(self, request: Request, form: Form) -> Response:
        """A decision on a suggestion."""
        said_of = dict(form)
        verdict = next((each for each in Verdict if each == said_of.get("verdict")), None)
        place = said_of.get("place", "").strip()
        if verdict is Verdict.OTHER and not place:
            raise DeskError("place")
        key = said_of.get("key", "")
        told = self.work.decide(key, verdict, place, said_of.get("note", "").strip(), said_of.get("seen", ""))
        if "hx-request" not in request.headers:
            self._tell(told)
            return self._see("suggestions")
        _, rows, _ = self.work.suggestions()
        row = next((each for each in rows if review_key(each) == key), None)
        shown = [suggestions.article(self.frame, row, [self.frame.labels.say(each) for each in told])] if row else []
        return _html(fragment(*shown, suggestions.progress(self.frame, rows, again=True)))

    def note(self, request: Request, form: Form) -> Response:
        """A note on a suggestion."""
        said_of = dict(form)
        key = said_of.get("key", "")
        told = self.work.note(key, said_of.get("note", "").strip(), said_of.get("seen", ""))
        row = next((each for each in self.work.suggestions()[1] if review_key(each) == key), None)
        lines = [self.frame.labels.say(each) for each in told]
        saved = [said([self.frame.word("desk-entered")]), *([said(lines, "note")] if lines else [])]
        return _html(fragment(*saved, *([suggestions.seen(row, again=True)] if row else [])))

    def enter(self, request: Request, form: Form) -> Response:
        """Cells of a row of the working list."""
        key, seen = request.path_params["key"], next((value for name, value in form if name == "seen"), "")
        told = self.work.enter(key, worklist.cells_of(form, self.work.needed()), seen)
        if "hx-request" not in request.headers:
            self._tell(told)
            return self._see("list?status=all")
        state, frame = self.work.needed(), self.frame
        entry = state.entry(key)
        lines = [frame.labels.say(each) for each in told]
        half = [said([frame.word("desk-half")], "bad data-half")] if worklist.is_half(form) else []
        return _html(
            fragment(
                said([frame.word("desk-entered")]), *([said(lines, "note")] if lines else []), *half, worklist.seen(entry, again=True),
                worklist.summary(frame, state, entry, again=True), worklist.progress(frame, state, again=True),
            )
        )  # fmt: skip

    def acknowledge(self, request: Request, form: Form) -> Response:
        """A finding is accepted for a reason."""
        said_of = dict(form)
        entry = {name: said_of.get(name, "").strip() for name in ("rule", "disclosure", "reason", "by")}
        self._tell(self.work.acknowledge(entry, self.frame.labels), self.frame.word("desk-saved", file=FILE_NAME))
        return self._see("check")

    def write(self, request: Request, form: Form) -> Response:
        """The outputs are written."""
        formats = [value for name, value in form if name == "format" and value in FORMATS]
        publish = any(name == "publish" and value for name, value in form)
        if not formats:
            raise DeskError("format")
        self._tell(self.work.write(formats, publish=publish), self.frame.word("desk-written"))
        return self._see("outputs")

    def speak(self, request: Request, form: Form) -> Response:
        """Another language."""
        said_of = dict(form)
        self.language = said_of["language"] if said_of.get("language") in message_languages() else self.language
        return self._see(said_of.get("here", "") if said_of.get("here", "").isalpha() else "")

    # ── files ──

    async def take(self, request: Request) -> Response:
        """A report comes in: its bytes as the body, its name in the address."""
        if int(request.headers.get("content-length") or 0) > MAX_INPUT:
            return self._refused(_TOO_LARGE, request)
        arrived, size = None, 0
        try:
            arrived = await run_in_threadpool(self.work.folder.room)
            with arrived.open("wb") as file:
                async for chunk in request.stream():
                    size += len(chunk)
                    if size > MAX_INPUT:
                        return self._refused(_TOO_LARGE, request)
                    await run_in_threadpool(file.write, chunk)
            self._tell(await run_in_threadpool(self.work.take_report, arrived, request.query_params.get("name", "")))
            return Response(status_code=204)
        except GriIndexError as error:
            return self._refused(error, request)
        except OSError as error:  # the disk is full
            return self._refused(DeskError("folder", cause=error.strerror or str(error)), request)
        finally:
            if arrived:
                await run_in_threadpool(arrived.unlink, True)

    def download(self, request: Request) -> Response:
        """An output, to be kept or looked at."""
        view = request.url.path.startswith(f"/{self.token}/view/")
        below = PUBLISHED if request.path_params.get("below") else ""
        path = next((each for each in self.work.folder.made(below) if each.name == request.path_params["name"]), None)
        if path is None or (view and path.suffix != ".html"):
            return Response(status_code=404)
        headers = {} if view else {"content-disposition": f"attachment; filename*=UTF-8''{_quoted(path.name)}"}
        if view:  # the page's own policy lets its own script run, and nothing more
            headers["content-security-policy"] = "frame-ancestors 'none'; sandbox allow-scripts"
        return Response(path.read_bytes(), media_type=_TYPES.get(path.suffix, "application/octet-stream"), headers=headers)

    def static(self, request: Request) -> Response:
        """Style and scripts."""
        name = request.path_params["name"]
        parts = {
            "desk.css": _STYLE,
            "desk.js": (("desk", "static/desk.js"),),
            "htmx.min.js": (("desk", "static/htmx.min.js"),),
        }.get(name)
        if parts is None:
            return Response(status_code=404)
        return Response("\n".join(_text(*each) for each in parts), media_type=_TYPES[Path(name).suffix])

    # ── ──

    def _tell(self, told: Iterable[Message], *lines: str) -> None:
        self._told += [*(("good", text) for text in lines), *(("note", self.frame.labels.say(each)) for each in told)]

    def _see(self, path: str, request: Request | None = None) -> Response:
        """The page after a step."""
        if request is not None and "hx-request" in request.headers:
            return Response(headers={"HX-Redirect": self.frame.url(path)})
        return RedirectResponse(self.frame.url(path), status_code=303)

    def _refused(self, error: GriIndexError, request: Request) -> Response:
        """Why something was not done; what was typed stays on the page that sent it."""
        status, told = 409 if isinstance(error, ChangedError) else 422, refused(self.frame, error)
        if "hx-request" not in request.headers and request.headers.get("content-type") == "application/x-www-form-urlencoded":
            back = button(self.frame.word("desk-back"), type="button", data_back="data-back")
            return _html(page(self.frame, self._here(request), back, notes=[told]), status)
        target, again = request.headers.get("hx-target", ""), []
        if isinstance(error, ChangedError) and target.startswith("told-") and "/list/" in request.url.path:
            key, word = target.removeprefix("told-"), self.frame.word("desk-fresh")
            again = [button(word, type="button", data_fresh=self.frame.url(f"list/{key}"), data_into=f"#form-{key}")]
        headers = {"HX-Retarget": f"#told-{target}", "HX-Reswap": "innerHTML"} if target.startswith("s-") else {}
        return _html(fragment(told, *again), status, headers)

    def _here(self, request: Request) -> str:
        """The page that a form was sent from."""
        name = request.url.path.removeprefix(f"/{self.token}/").split("/")[0]
        return {"acknowledge": "check"}.get(name, name if name in PAGES else "")


_TOO_LARGE = DeskError("size", size=str(MAX_INPUT // 2**20))
_STYLE = (("writers", "page.css"), ("writers", "status.css"), ("desk", "static/desk.css"))


def _text(room: str, name: str) -> str:
    return package_files("gri_index").joinpath(room, name).read_text(encoding="utf-8")


def _quoted(name: str) -> str:
    from urllib.parse import quote

    return quote(name, safe="")


def _html(content: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(content, status, headers, "text/html")


def application(work: Work, token: str, language: str, hosts: Iterable[str]) -> App:
    """The application of a folder, behind its guard."""
    desk = Desk(work, token, language)

    def shown(handler: Callable[[Request], Response]) -> Answer:
        async def answer(request: Request) -> Response:
            try:
                return await run_in_threadpool(handler, request)
            except GriIndexError as error:
                return desk._refused(error, request)

        return answer

    def entered(handler: Callable[[Request, Form], Response]) -> Answer:
        async def answer(request: Request) -> Response:
            try:
                return await run_in_threadpool(handler, request, await _form(request))
            except GriIndexError as error:
                return desk._refused(error, request)

        return answer

    pages = {
        "/": desk.report_page, "/profile": desk.profile_page, "/suggestions": desk.suggestions_page, "/list": desk.list_page,
        "/list/{key}": desk.list_form, "/check": desk.check_page, "/outputs": desk.outputs_page, "/static/{name}": desk.static,
        "/file/{name}": desk.download, "/file/{below}/{name}": desk.download, "/view/{name}": desk.download, "/view/{below}/{name}": desk.download,
    }  # fmt: skip
    steps = {
        "/choose": desk.choose, "/profile/new": desk.begin_profile, "/profile": desk.save_profile, "/suggestions": desk.decide, "/suggestions/note": desk.note,
        "/list/{key}": desk.enter, "/acknowledge": desk.acknowledge, "/outputs": desk.write, "/language": desk.speak,
    }  # fmt: skip
    routes = [
        *(Route(path, shown(handler), methods=["GET"]) for path, handler in pages.items()),
        *(Route(path, entered(handler), methods=["POST"]) for path, handler in steps.items()),
        Route("/report", desk.take, methods=["POST"]),
    ]
    return Guard(Router(routes=[Mount(f"/{token}", routes=routes)]), token, frozenset(hosts))


async def _form(request: Request) -> Form:
    """The fields of a form in their order. Raises DeskError for one that is larger than any page's."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_FORM:
            raise DeskError("room", size=str(_MOST_FORM // 2**20))
    try:
        return parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise DeskError("room", size=str(_MOST_FORM // 2**20)) from None
