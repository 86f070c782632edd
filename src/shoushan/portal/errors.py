"""Why something of the portal was refused: the sentence that the user reads."""


class ViewError(Exception):
    """A view can't be kept so."""
