"""What the registry refuses."""


class RegistryError(Exception):
    """A change to the registry that its rules do not allow; the sentence is shown to the user."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
