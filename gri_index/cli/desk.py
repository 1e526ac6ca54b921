"""``gri-index desk``: the same work as a local page in the browser."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gri_index.cli.options import known_language

if TYPE_CHECKING:
    import socket


@click.command("desk", short_help="Do the work in the browser, on this machine alone.")
@click.argument("folder", type=click.Path(path_type=Path, readable=False), metavar="[FOLDER]", default=".")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port on 127.0.0.1 (default: a free one).")
@click.option("--no-browser", is_flag=True, help="Print the address alone; open it yourself.")
@click.option(
    "-l", "--lang", metavar="LANG", callback=known_language, help="Language of the pages (default: that of this machine)."
)
def desk_command(folder: Path, port: int, no_browser: bool, lang: str | None) -> int:
    """Do the work in the browser, on this machine alone.

    Drop the report, see its tags and sections, fill in the profile, decide on suggestions, set omissions,
    owners and dates in the working list, see what is open, and write Word, Excel and HTML. FOLDER (default:
    here) holds one report; what you enter stands in its gri-index.toml, content-index.xlsx and
    suggestions.xlsx, the files of the other commands. Nothing leaves this machine. Ctrl-C ends it.

    \b
    Examples:
      gri-index desk
      gri-index desk client --lang zh-Hans
    """
    from gri_index.cli.talk import talk_labels
    from gri_index.cli.terminal import say
    from gri_index.errors import InputError

    try:
        import uvicorn

        from gri_index.desk.app import application
    except ImportError as error:
        raise InputError(
            f"the desk needs {error.name}, which is not installed", hint='Install the extra: pip install "gri-index[desk]".'
        ) from None
    import secrets
    import webbrowser

    from gri_index.cli.clock import default_day
    from gri_index.desk.folder import Folder
    from gri_index.desk.work import Work

    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder", hint="Name the folder of the report.")
    labels, token = talk_labels(lang), secrets.token_urlsafe(24)
    listening = _listening(port)
    number = listening.getsockname()[1]
    hosts = (f"127.0.0.1:{number}", f"localhost:{number}")
    app = application(Work(Folder(folder.resolve()), default_day()), token, labels.language, hosts)
    address = f"http://127.0.0.1:{number}/{token}/"
    click.echo(address)
    say(labels.words["desk-running"])
    if not no_browser:
        webbrowser.open(address)
    config = uvicorn.Config(app, access_log=False, log_level="warning", lifespan="off", ws="none", server_header=False)
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])
    return 0


def _listening(port: int) -> "socket.socket":
    """A socket on this machine alone. Raises OutputError where the port is taken."""
    import socket

    from gri_index.errors import OutputError

    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind(("127.0.0.1", port))
        listening.listen()  # whoever opens the address at once waits
    except OSError as error:
        raise OutputError(f"port {port}: {error.strerror or error}", hint="Leave --port out, and a free one is taken.") from None
    return listening
