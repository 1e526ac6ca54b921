"""The whole job of the desk in a real browser: on the English example and on a Chinese report; a kill loses nothing."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from gri_index.profile import read_profile
from tests.conftest import EXAMPLES, ROOT
from tests.test_browser import BROWSER, browser  # noqa: F401

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed; apt-get install chromium")


@dataclass
class Running:
    """A desk and its page."""

    process: "subprocess.Popen[str]"
    address: str
    page: Any
    folder: Path
    killed: bool = False

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.killed = True

    def go(self, path: str) -> Any:
        self.page.goto(self.address + path)
        return self.page


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Running]]:  # noqa: F811
    running: list[Running] = []

    def begin(language: str = "en", width: int = 1366, scheme: str = "light") -> Running:
        command = [sys.executable, "-m", "gri_index", "desk", str(tmp_path), "--no-browser", "--lang", language]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert process.stdout
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        running.append(desk := Running(process, process.stdout.readline().strip(), page, tmp_path))
        page.on("console", lambda said: desk.killed or pytest.fail(said.text))
        page.on("pageerror", lambda said: pytest.fail(str(said)))
        page.on("request", lambda asked: asked.url.startswith(desk.address) or asked.url == "data:," or pytest.fail(asked.url))
        return desk

    yield begin
    for each in running:
        each.page.close()
        each.kill()
        assert each.process.stdout
        each.process.stdout.close()


def drop(desk: Running, report: Path) -> None:
    with desk.page.expect_navigation():
        desk.page.set_input_files("#file", str(report))


def open_row(page: Any, at: int) -> Any:
    row = page.locator("details.entry").nth(at)
    row.locator("summary").click()
    row.locator("form.editor").wait_for()
    return row


@pytest.mark.parametrize(("language", "report"), [("en", "report.en.md"), ("zh-Hans", "report.zh-Hans.docx")])
def test_the_whole_job(opened: Callable[..., Running], language: str, report: str) -> None:
    whole_job(opened(language), EXAMPLES / report)


def test_the_whole_job_on_a_published_chinese_report(opened: Callable[..., Running], corpus: Path) -> None:
    report = corpus.parent / "seed" / "jiayin-2022-tagged.docx"
    if not report.is_file():
        pytest.skip("needs the folder seed beside the corpus")
    whole_job(opened("zh-Hans"), report)


def whole_job(desk: Running, report: Path) -> None:
    desk.go("")
    drop(desk, report)
    assert desk.page.locator("table.sections tbody tr").count() > 20

    page = desk.go("profile")
    page.locator("button.main").click()
    page.locator("input[name='report.title']").fill("Warmth & light")
    page.locator("section:has(input[name=topic]) > button[data-add]").click()
    page.locator("fieldset.row:has(input[name=topic]) input[name='topic.name']").last.fill("Biodiversity")
    page.locator("fieldset.row:has(input[name=topic]) textarea[name='topic.disclosures']").last.fill("101-1; 101-2")
    with page.expect_navigation():
        page.locator("form.profile > .bar button").click()
    stated = read_profile((desk.folder / "gri-index.toml").read_bytes())
    assert stated.report.title.in_("en") == "Warmth & light"
    assert [each.number for each in stated.topics[-1].disclosures] == ["101-1", "101-2"]

    page = desk.go("suggestions")
    waiting = page.locator("#waiting").inner_text()
    page.locator("article button[value=accept]").first.click()
    page.locator("article.d-accept").wait_for()
    assert page.locator("#waiting").inner_text() != waiting and (desk.folder / "suggestions.xlsx").is_file()

    page = desk.go("list?status=missing")
    numbers = page.locator("details.entry summary b").all_inner_texts()
    closed = {"2-1", "2-2", "2-3", "2-4", "2-5", "3-1", "3-2"}  # no reason for omission is permitted
    at, number = next((at, number) for at, number in enumerate(numbers) if number not in closed)
    row = open_row(page, at)
    row.locator("select[name=reason]").last.select_option(index=4)
    row.locator("textarea[name=explanation]").last.fill("first collected next year")
    row.locator("input[name=owner]").fill("Li Wei")
    row.locator("input[name=due]").fill("2026-12-15")
    row.locator("textarea[name=note]").fill("ask the board")
    row.locator("button[type=submit]").click()
    row.locator(".said.good").wait_for()
    row.locator(".mark.s-omitted").wait_for()

    desk.go("check")
    page = desk.go("outputs")
    page.locator("form.choose button.main").click()
    with page.expect_download() as downloaded:
        page.locator("a[download='content-index.docx']").click()
    assert Path(downloaded.value.path()).read_bytes() == (desk.folder / "content-index.docx").read_bytes()
    sheet = next(each for each in load_workbook(desk.folder / "content-index.xlsx").worksheets if each.max_column > 20)
    written = next([cell.value for cell in row] for row in sheet.iter_rows(min_row=2) if row[0].value == number)
    assert {"Li Wei", "2026-12-15", "ask the board", "first collected next year"} <= set(written)


def test_a_kill_loses_nothing(opened: Callable[..., Running]) -> None:
    desk = opened()
    (desk.folder / "report.md").write_bytes((EXAMPLES / "report.en.md").read_bytes())
    page = desk.go("list?status=all")
    row = open_row(page, 6)
    row.locator("input[name=owner]").fill("Li Wei")
    row.locator("input[name=reviewer]").click()
    row.locator(".said.good").wait_for()
    desk.kill()
    again = opened()
    page = again.go("list?status=all")
    assert page.locator("details.entry").nth(6).locator(".people").inner_text() == "Li Wei"
    assert [each.name for each in desk.folder.iterdir() if each.name.endswith(".tmp")] == []


@pytest.mark.parametrize(("width", "scheme", "language"), [(1366, "light", "en"), (390, "dark", "zh-Hans")])
def test_no_one_is_shut_out(opened: Callable[..., Running], width: int, scheme: str, language: str) -> None:
    from axe_core_python.sync_playwright import Axe

    desk = opened(language, width, scheme)
    (desk.folder / "report.md").write_bytes((EXAMPLES / "report.en.md").read_bytes())
    (desk.folder / "gri-index.toml").write_bytes((EXAMPLES / "gri-index.toml").read_bytes())
    for path in ("", "profile", "suggestions", "list?status=all", "check", "outputs"):
        page = desk.go(path)
        if path.startswith("list"):
            open_row(page, 3)
        found = Axe().run(page)["violations"]
        assert [(path, each["id"], each["nodes"][0]["html"]) for each in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_what_is_typed_stays_where_the_desk_is_gone(opened: Callable[..., Running]) -> None:
    desk = opened()
    (desk.folder / "report.md").write_bytes((EXAMPLES / "report.en.md").read_bytes())
    page = desk.go("list?status=all")
    row = open_row(page, 6)
    desk.kill()
    row.locator("input[name=owner]").fill("Li Wei")
    row.locator("input[name=reviewer]").click()
    page.locator("#gone:visible").wait_for()
    assert row.locator("input[name=owner]").input_value() == "Li Wei"


def until(page: Any, true: str) -> None:
    """Waits for what the page says; the page's policy forbids the browser's own way of waiting."""
    for _ in range(100):
        if page.evaluate(true):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never: {true}")


def begun(opened: Callable[..., Running]) -> Running:
    desk = opened()
    (desk.folder / "report.md").write_bytes((EXAMPLES / "report.en.md").read_bytes())
    (desk.folder / "gri-index.toml").write_bytes((EXAMPLES / "gri-index.toml").read_bytes())
    return desk


def test_the_browser_asks_before_what_is_not_saved_is_left(opened: Callable[..., Running]) -> None:
    desk = begun(opened)
    asked: list[str] = []
    desk.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page = desk.go("list?status=all")
    row = open_row(page, 6)
    row.locator("input[name=owner]").press_sequentially("Li")
    row.locator("input[name=reviewer]").press_sequentially("Wang")  # while the owner is being saved
    page.locator("nav a").first.click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"] and "list" in page.url
    row.locator("input[name=agreed]").click()
    until(page, "!document.querySelector('form[data-typed]')")
    page.locator("nav a").first.click()
    page.wait_for_url(desk.address)
    page = desk.go("profile")
    page.locator("input[name='report.title@en']").press_sequentially("x")
    page.locator("header select").select_option("de", no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"] * 2 and page.locator("input[name='report.title@en']").input_value().startswith("x")


def test_several_omissions_and_places_are_entered_one_after_another(opened: Callable[..., Running]) -> None:
    page = begun(opened).go("list?status=all")
    row = open_row(page, 18)
    for at, (label, reason) in enumerate((("a", 1), ("b", 2))):
        if at:
            row.locator("fieldset:has(.triple) > button").click()
        row.locator("input[name=requirements]").last.fill(label)
        row.locator("select[name=reason]").last.select_option(index=reason)
        row.locator("textarea[name=explanation]").last.fill(f"because of {label}")
    row.locator("button[type=submit]").click()
    until(page, "!document.querySelector('form[data-typed]')")
    page.reload()
    row = open_row(page, 18)
    assert [each.input_value() for each in row.locator("textarea[name=explanation]").all()][:2] == [
        "because of a",
        "because of b",
    ]


def test_a_row_that_changed_meanwhile_can_be_looked_at(opened: Callable[..., Running]) -> None:
    desk = begun(opened)
    page = desk.go("list?status=all")
    row = open_row(page, 6)
    other = opened()
    there = open_row(other.go("list?status=all"), 6)
    there.locator("input[name=owner]").fill("Wang")
    there.locator("button[type=submit]").click()
    there.locator(".said.good").wait_for()
    desk.killed = True  # the browser itself writes of the refusal
    row.locator("input[name=note], textarea[name=note]").fill("mine")
    row.locator("button[type=submit]").click()
    row.locator(".said.bad").wait_for()
    assert row.locator("textarea[name=note]").input_value() == "mine"
    row.locator(".editor [role=status] button").click()
    until(page, "document.querySelector('form.editor input[name=owner]').value === 'Wang'")


def test_decisions_by_keyboard_and_notes(opened: Callable[..., Running]) -> None:
    desk = opened()
    text = "# Water\n\nWater withdrawal in megalitres fell.\n\n# Energy\n\nEnergy consumption within the organization fell.\n"
    (desk.folder / "report.md").write_text(text, encoding="utf-8")
    page = desk.go("suggestions?show=all")
    article = page.locator("article").first
    key = article.get_attribute("id")
    article.locator("input[name=place]").fill("Energy")
    article.locator("input[name=place]").press("Enter")  # who types a place means it
    page.locator(f"#{key}.d-other").wait_for()
    assert page.evaluate("document.activeElement.id") == key
    article = page.locator("article").nth(1)
    key = article.get_attribute("id")
    article.locator("textarea[name=note]").fill("ask the plant")
    article.locator("input[name=place]").click()
    until(page, f"!document.querySelector('#{key} form[data-typed]')")
    article.locator("button[value=reject]").click()
    page.locator(f"#{key}.d-reject").wait_for()
    article = page.locator(f"#{key}")
    article.locator("textarea[name=note]").fill("asked twice")
    article.locator("textarea[name=note]").press("Tab")
    page.keyboard.type("wait")  # while the note is saved
    page.wait_for_timeout(1500)
    page.reload()
    assert page.locator(f"#{key}.d-reject textarea[name=note]").input_value() == "asked twice"
