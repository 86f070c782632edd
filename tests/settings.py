"""Settings of the test suite: the product's own, with a throw-away home and cheap passwords."""

import os
import tempfile
from pathlib import Path

_home = Path(os.environ.get("SHOUSHAN_TEST_HOME") or tempfile.mkdtemp(prefix="shoushan-test-"))
os.environ["SHOUSHAN_HOME"] = str(_home)
os.environ.setdefault("SHOUSHAN_SECRET_KEY", "test-only")
os.environ["SHOUSHAN_LANGUAGE"] = "zh"

from shoushan.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_AUTOREFRESH = True
INSTALLED_APPS = [*INSTALLED_APPS, "tests.samples"]  # noqa: F405
