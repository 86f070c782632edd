"""The product's own settings, plus the peers that it is measured against."""

from shoushan.config.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin", "import_export", "simple_history", "bench.peers"]  # noqa: F405
SILENCED_SYSTEM_CHECKS = [*SILENCED_SYSTEM_CHECKS, "admin.E408", "admin.E409", "admin.E410", "admin.W411"]  # noqa: F405
WSGI_APPLICATION = None
