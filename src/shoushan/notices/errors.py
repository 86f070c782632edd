"""Why something of the messages was refused: the sentence that the user reads."""


class ChannelError(Exception):
    """A channel can't be set up so, or a message could not be handed to it."""
