"""The command line: the only place that prints and exits.

Commands are imported when they run; ``--help`` and ``--version`` pay for click alone.
"""

import contextlib
import difflib
import gc
import os
import sys
from importlib import import_module

import click

from gri_index import __version__
from gri_index.errors import ExitCode, GriIndexError, OutputError

# name -> (module:function, short help as in the command's own docstring)
COMMANDS = {
    "audit": ("gri_index.cli.printed:audit_command", "Hold the index that a report prints against report and catalogue."),
    "batch": ("gri_index.cli.batch:batch_command", "Do the same job for every report of a folder."),
    "build": ("gri_index.cli.build:build_command", "Write the content index of a report in Word, Excel and JSON."),
    "catalogue": ("gri_index.cli.catalogue:catalogue_group", "Show, search and check the GRI Standards."),
    "check": ("gri_index.cli.check:check_command", "Say what stands between a report and its claim."),
    "clean": ("gri_index.cli.clean:clean_command", "Write a copy of a Word report without its tags."),
    "crosswalk": ("gri_index.cli.crosswalk:crosswalk_command", "Say where the report serves the items of another framework."),
    "desk": ("gri_index.cli.desk:desk_command", "Do the work in the browser, on this machine alone."),
    "diff": ("gri_index.cli.diff:diff_command", "Compare two indexes or reports."),
    "extract": ("gri_index.cli.printed:extract_command", "Read the content index that a document prints."),
    "init": ("gri_index.cli.init:init_command", "Write a profile to start from, with what the report tells."),
    "merge": ("gri_index.cli.merge:merge_command", "Join two working lists that two people edited."),
    "notice": ("gri_index.cli.notice:notice_command", "Write the notification of GRI that a report is published."),
    "rule": ("gri_index.cli.rule:rule_command", "Explain what a rule checks, and why."),
    "status": ("gri_index.cli.status:status_command", "Say what is open, where, and with whom."),
    "suggest": ("gri_index.cli.suggest:suggest_command", "Propose tags: where the report seems to report each disclosure."),
    "template": ("gri_index.cli.template:template_command", "Write a Word file to make your house style of."),
    "tags": ("gri_index.cli.tags:tags_command", "List the disclosure tags in a report."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with this name."""
        if cmd_name not in COMMANDS:
            near = difflib.get_close_matches(cmd_name, COMMANDS, n=1)
            ctx.fail(f"no such command {cmd_name!r}" + (f"; did you mean {near[0]!r}?" if near else "; see gri-index --help"))
        module, _, function = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), function)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, short) for name, (_, short) in sorted(COMMANDS.items())])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="gri-index")
def cli() -> None:
    """Build the GRI content index of a sustainability report from the tags in its sections.

    A tag names a disclosure where it is reported: [GRI 302-1] at the end of a heading, a Word comment
    "GRI 305-1 to 305-3", a bookmark GRI_2_28. Everything stays on this machine.

    \b
    Examples:
      gri-index build report.docx -o out
      gri-index tags report.docx
    """


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line and exits with the documented code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = sys.argv[1:] if arguments is None else arguments
    gc.set_threshold(100_000, 50, 50)  # a short life makes few cycles: looking for them costs more
    verbose = "-v" in arguments or "--verbose" in arguments
    try:
        code = _run(arguments)
        sys.stdout.flush()
        sys.exit(code)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        with contextlib.suppress(OSError):
            error.show()
        sys.exit(ExitCode.USAGE)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        sys.exit(ExitCode.INTERRUPTED)
    except GriIndexError as error:
        _fail(error, verbose)
        sys.exit(error.exit_code)
    except OSError as error:
        sys.exit(_output_failed(error, verbose))
    except Exception as error:
        _fail(error, verbose)
        sys.exit(ExitCode.BUG)


def _run(arguments: list[str]) -> int:
    """Runs the command; its exit code. Click's own ``main`` would exit 1 for a reader that went away."""
    if "_GRI_INDEX_COMPLETE" in os.environ:  # a shell asks for completions
        cli.main(args=arguments, prog_name="gri-index")
    with cli.make_context("gri-index", arguments) as context:
        code = cli.invoke(context)
    return code if isinstance(code, int) else ExitCode.OK


def _output_failed(error: OSError, verbose: bool) -> int:
    """The exit code where standard output takes no more: its reader went away (0), or its disk is full (5)."""
    with contextlib.suppress(OSError, ValueError):  # else Python tries again, and complains, when it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return ExitCode.OK
    if error.filename is None:
        _fail(OutputError(f"standard output: cannot write ({error.strerror or error})", hint="Free space there."), verbose)
        return ExitCode.OUTPUT
    _fail(error, verbose)
    return ExitCode.BUG


def _fail(error: Exception, verbose: bool) -> None:
    from gri_index.cli.terminal import one_line

    if verbose:
        import traceback

        traceback.print_exc()
    if isinstance(error, GriIndexError):
        lines = [f"error: {one_line(str(error))}", *([f"  {one_line(error.hint)}"] if error.hint else [])]
    else:
        lines = [
            f"error: {type(error).__name__}: {one_line(str(error))}",
            "  This is a bug of gri-index. Run again with -v and report what it prints.",
        ]
    with contextlib.suppress(OSError):  # nobody may be listening
        for line in lines:
            click.echo(line, err=True)
