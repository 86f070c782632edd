"""How days are written in a language, where Django's own habit is not ours."""
