"""Field work (现场办理): what is to be done outside, on a phone that may have no network; what is sent later arrives exactly once."""
