"""states.md: every status field, as a diagram where its transitions are data."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any, NamedTuple

from django.db.models import TextChoices

from shoushan.config.reference.installed import modules, own_apps
from shoushan.config.reference.markdown import code, page, prose, table
from shoushan.config.reference.wording import chinese


class Machine(NamedTuple):
    """A table of transitions, the vocabulary that it moves in, and the name of the table."""

    name: str
    states: type[TextChoices]
    transitions: dict[Any, frozenset[Any]]


def render() -> str:
    """The page."""
    lead = "Fields that hold one of a closed list. A transition that is not drawn is refused."
    found = list(machines())
    drawn = {machine.states for machine in found}
    return page("States", lead, [*(_machine(each) for each in found), _lists(drawn)])


def machines() -> Iterator[Machine]:
    """Every table of transitions in the apps' vocabularies."""
    for _config, module in (*modules("enums"), *modules("lifecycle")):
        for name, value in vars(module).items():
            states = _states_of(value)
            if states is not None:
                yield Machine(f"{module.__name__}.{name}", states, value)


def _states_of(value: object) -> type[TextChoices] | None:
    """The vocabulary when this maps states to sets of states; None for anything else."""
    if not isinstance(value, dict) or not all(isinstance(each, frozenset) for each in value.values()):
        return None
    kinds = {type(each) for each in value} | {type(each) for targets in value.values() for each in targets}
    kind = kinds.pop() if len(kinds) == 1 else None
    return kind if isinstance(kind, type) and issubclass(kind, TextChoices) else None


def _machine(machine: Machine) -> str:
    fields = fields_with(machine.states)
    where = ", ".join(code(label) for label, _default in fields) or "not a field"
    parts = [f"## {machine.states.__name__}", prose(machine.states.__doc__ or ""), f"Field: {where}."]
    parts += [f"```mermaid\n{diagram(machine, [each for _label, each in fields if each])}\n```", f"`{machine.name}`"]
    return "\n\n".join(parts)


def diagram(machine: Machine, first: list[str]) -> str:
    """The mermaid text: labels, where it begins (the field's default), every transition, where it ends."""
    lines = ["stateDiagram-v2"]
    lines += [f'  state "{chinese(state.label)}" as {state.name}' for state in machine.states]
    lines += [f"  [*] --> {machine.states(value).name}" for value in dict.fromkeys(first)]
    for state in machine.states:
        targets = machine.transitions.get(state, frozenset())
        lines += [f"  {state.name} --> {target.name}" for target in machine.states if target in targets]
        if not targets:
            lines.append(f"  {state.name} --> [*]")
    return "\n".join(lines)


def fields_with(states: type[TextChoices]) -> list[tuple[str, str]]:
    """Model fields whose values are these, with their defaults."""
    found = []
    for config in own_apps():
        for model in config.get_models():
            for field in model._meta.concrete_fields:
                if {value for value, _label in field.flatchoices} == set(states.values):
                    default = field.get_default()
                    found.append((f"{model._meta.label}.{field.name}", str(getattr(default, "value", default) or "")))
    return found


def _lists(drawn: set[type[TextChoices]]) -> str:
    rows = []
    for config, module in modules("enums"):
        for name, value in vars(module).items():
            own = isinstance(value, type) and issubclass(value, TextChoices) and value.__module__ == module.__name__
            if own and value not in drawn:
                rows.append((code(f"{config.label}.{name}"), _values(value)))
    return "## Lists without transitions\n\n" + table(("Vocabulary", "Values"), rows)


def _values(states: type[Enum]) -> str:
    return ", ".join(f"{code(each.value)} {chinese(each.label)}" for each in states)  # type: ignore[attr-defined]
