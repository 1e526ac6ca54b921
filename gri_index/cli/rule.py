"""``gri-index rule``: the manual of the rules."""

import inspect

import click


@click.command("rule", short_help="Explain what a rule checks, and why.")
@click.argument("code", required=False)
def rule_command(code: str | None) -> int:
    """Explain what a rule checks, and why; without CODE, list all rules.

    \b
    Examples:
      gri-index rule
      gri-index rule CI201
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
    return 0
