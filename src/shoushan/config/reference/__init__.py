"""docs/reference/ from the code itself: one module a page, written by `script/reference`, compared by its `--check`."""
