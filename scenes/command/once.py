"""Commands that take each option once: a second value would silently replace the first."""

from __future__ import annotations

from collections import Counter

import click


class OnceCommand(click.Command):
    """Refuses an option that is given twice, unless it gathers values or is a plain switch."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not ctx.resilient_parsing:
            _, _, order = self.make_parser(ctx).parse_args(args=list(args))
            for parameter, count in Counter(order).items():
                if count > 1 and isinstance(parameter, click.Option) and _decides(parameter):
                    name = "/".join([parameter.opts[-1], *parameter.secondary_opts])
                    raise click.UsageError(f"{name} is given {count} times; give it once", ctx)
        return super().parse_args(ctx, args)


class OnceGroup(click.Group):
    """A program whose commands are all of this kind."""

    command_class = OnceCommand


def _decides(option: click.Option) -> bool:
    """Whether its last value would win over the others."""
    return not option.multiple and not (option.is_flag and not option.secondary_opts)
