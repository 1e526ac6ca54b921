"""``gri-index rule``: the manual of the rules."""

import inspect
import textwrap

import click


@click.command("rule", short_help="Explain what a rule checks, and why.")
@click.argument("code", required=False)
@click.option(
    "--samples", "show", is_flag=True, help="Show a report in which the rule finds something, and one in which it does not."
)
def rule_command(code: str | None, show: bool) -> int:
    """Explain what a rule checks, and why; without CODE, list all rules.

    \b
    Examples:
      gri-index rule
      gri-index rule CI201
      gri-index rule CI304 --samples
    """
    from gri_index.checks import rules
    from gri_index.cli.terminal import table

    if code is None:
        click.echo(
            "\n".join(table([(each.code, each.severity.value, each.name, each.clause) for each in rules()], (6, 8, 40, 80)))
        )
        return 0
    found = next((each for each in rules() if code.upper() == each.code or code == each.name), None)
    if found is None:
        raise click.UsageError(f"no rule {code!r}; `gri-index rule` lists them")
    click.echo(f"{found.code} {found.name} ({found.severity.value}; {found.clause})\n")
    click.echo(inspect.cleandoc(found.manual))
    if show:
        _echo_samples(found.code)
    return 0


def _echo_samples(code: str) -> None:
    from gri_index.checks.samples import samples

    for title, sample in zip(("Found in this report", "Not found in this one"), samples(code) or (), strict=False):
        profile = f"\n\ngri-index.toml:\n\n{textwrap.indent(sample.profile.strip(), '    ')}" if sample.profile else ""
        click.echo(f"\n{title}:\n\n{textwrap.indent(sample.shown.strip(), '    ')}{profile}")
