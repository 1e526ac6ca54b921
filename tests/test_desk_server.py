"""Who may ask the desk, what is bounded, and that a report's words steer nothing and reach no log."""

import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator

import pytest

from gri_index.desk.app import application
from gri_index.desk.work import Work
from tests.desk import enter, entry


@pytest.fixture
def desk(work: Work) -> Iterator[str]:
    """The address of a running desk."""
    import socket

    import uvicorn

    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    host = f"127.0.0.1:{listening.getsockname()[1]}"
    config = uvicorn.Config(application(work, "secret", "en", [host]), log_level="critical", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    yield f"http://{host}"
    server.should_exit = True
    thread.join(10)
    listening.close()


def ask(url: str, form: dict[str, str] | None = None, **headers: str) -> tuple[int, str]:
    data = None if form is None else urllib.parse.urlencode(form).encode()
    request = urllib.request.Request(url, data, {name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_the_token_opens_the_desk(desk: str) -> None:
    for path in ("", "profile", "suggestions", "list?status=all", "check", "outputs"):
        status, text = ask(f"{desk}/secret/{path}")
        assert (status, "said bad" in text) == (200, False), path
    assert ask(f"{desk}/")[0] == ask(f"{desk}/wrong/")[0] == ask(f"{desk}/secret/no-such-page")[0] == 404


def test_a_foreign_page_is_refused(desk: str, work: Work) -> None:
    form = {"rule": "CI201", "reason": "evil"}
    assert ask(f"{desk}/secret/acknowledge", form, Origin="http://evil.example")[0] == 403
    assert ask(f"{desk}/secret/acknowledge", form)[0] == 403  # no origin at all
    assert ask(f"{desk}/secret/", Host="evil.example")[0] == 403
    assert ask(f"{desk}/secret/", Sec_Fetch_Site="cross-site")[0] == 403
    assert "evil" not in work.profile_text()
    assert ask(f"{desk}/secret/acknowledge", form, Origin=desk)[0] == 200


def test_what_is_sent_is_bounded(desk: str) -> None:
    assert ask(f"{desk}/secret/profile", {"report.title": "x" * 5_000_000}, Origin=desk)[0] == 422
    status, text = ask(f"{desk}/secret/report?name=r.md", {}, Origin=desk, Content_Length=str(2**31))
    assert status == 422 and "MB" in text


def test_outputs_alone_are_handed_out(desk: str, work: Work) -> None:
    work.write(("html",), publish=False)
    assert ask(f"{desk}/secret/file/content-index.html")[0] == ask(f"{desk}/secret/view/status.html")[0] == 200
    for name in ("gri-index.toml", "report.md", "..%2Freport.md", "%2Fetc%2Fpasswd", "no-such-folder/content-index.html/../../x"):
        assert ask(f"{desk}/secret/file/{name}")[0] == 404


def test_texts_of_a_report_are_escaped_everywhere(work: Work, desk: str, capfd: pytest.CaptureFixture[str]) -> None:
    evil = "</script><img src=x onerror=alert(1)>"
    (work.folder.path / "report.md").write_text(f"# {evil}\n\nWords about water withdrawal. [GRI 302-1]\n", encoding="utf-8")
    enter(work, "2-7", owner=evil, note=evil, sections=evil)
    for path in ("", "profile", "suggestions?show=all", "list?status=all", f"list/{entry(work, '2-7').key}", "check", "outputs"):
        assert "<img" not in ask(f"{desk}/secret/{path}")[1], path
    assert "onerror" not in capfd.readouterr().err


def test_a_fault_of_the_program_tells_nothing_of_the_report(
    work: Work, desk: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> Callable[[], None]:
        raise RuntimeError("the words of the report")

    monkeypatch.setattr(Work, "needed", broken)
    status, text = ask(f"{desk}/secret/list")
    assert status == 500 and "RuntimeError" in text and "words of" not in text + capfd.readouterr().err
