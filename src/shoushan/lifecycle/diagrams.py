"""A lifecycle as a mermaid diagram, for the documents."""

from __future__ import annotations

from shoushan.lifecycle.declarations import Lifecycle


def mermaid(lifecycle: Lifecycle) -> str:
    """States with their labels, transitions with theirs, in the order of the declaration."""
    lines = ["stateDiagram-v2", f"    [*] --> {lifecycle.initial}"]
    lines += [f"    {state.code}: {state.label}" for state in lifecycle.states]
    order = {state.code: place for place, state in enumerate(lifecycle.states)}
    for step in lifecycle.transitions:
        for source in sorted(step.sources, key=order.__getitem__):
            lines += [f"    {source} --> {to}: {step.label}" for to in (step.target_from(source), *step.branches)]
    lines += [f"    {state.code} --> [*]" for state in lifecycle.states if state.is_final]
    return "\n".join(lines) + "\n"
