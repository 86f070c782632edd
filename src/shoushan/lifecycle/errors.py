"""Why a step is refused; every sentence is for the user."""

from __future__ import annotations


class LifecycleError(ValueError):
    """A step that can't be taken; nothing was changed. `status` is the HTTP status of the answer."""

    status = 422

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class WrongStateError(LifecycleError):
    """The record isn't in a state from which the step leads on."""

    status = 409


class StaleError(WrongStateError):
    """Somebody took a step since the page was made."""


class MissingError(LifecycleError):
    """Something that the step needs was not given, or not in the right form; `fields` maps names to sentences."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields


class GuardError(LifecycleError):
    """A rule stops the step."""


class PolicyError(ValueError):
    """A rule can't be entered, or none is in force; the sentence says what to do."""
