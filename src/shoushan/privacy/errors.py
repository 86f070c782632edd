"""What stops the use of personal data."""


class PrivacyError(Exception):
    """Personal data can't be read, or may not be shown; the sentence is for the user."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
