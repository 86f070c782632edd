"""All settings of an instance, in one place; what differs between machines is read from the environment."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import django
from csp.constants import SELF
from django.contrib.messages import constants as message_levels

from shoushan.config import environment
from shoushan.lib.languages import CHINESE, ENGLISH

PACKAGE = Path(__file__).resolve().parent.parent
CHECKOUT = PACKAGE.parent.parent


def _own_secret(path: Path) -> str:
    """The instance's secret, made at first use and readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
        except FileExistsError:  # another process of the same start was quicker
            pass
    return path.read_text().strip()


# ---- where things are -------------------------------------------------------------------------
HOME = environment.folder("SHOUSHAN_HOME", CHECKOUT / "var")
KEYS = HOME / "keys"
UPLOADS = HOME / "uploads"
STATIC_ROOT = HOME / "static"
DATABASES = {"default": environment.database("SHOUSHAN_DATABASE_URL", HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---- the district -----------------------------------------------------------------------------
DISTRICT_CODE = environment.text("SHOUSHAN_DISTRICT", "370102")
DISTRICT_NAME = environment.text("SHOUSHAN_DISTRICT_NAME", "济南市历下区")
PERSONAL_CIPHER = environment.one_of("SHOUSHAN_PERSONAL_CIPHER", ("AES", "SM4"))
MAIL = environment.mail("SHOUSHAN_MAIL_URL")
MAIL_FROM = environment.text("SHOUSHAN_MAIL_FROM", "shoushan@localhost")
ROBOT_HOSTS = environment.listing("SHOUSHAN_ROBOT_HOSTS", [])
DOCUMENTS = CHECKOUT / "docs"
SITE_ADDRESS = environment.text("SHOUSHAN_SITE_ADDRESS")
MAX_UPLOAD_BYTES = environment.whole("SHOUSHAN_MAX_UPLOAD_MB", 50, least=1) * 1024 * 1024

# ---- safety -----------------------------------------------------------------------------------
DEBUG = environment.flag("SHOUSHAN_DEBUG", default=False)
SECRET_KEY = environment.text("SHOUSHAN_SECRET_KEY") or _own_secret(KEYS / "django.key")
ALLOWED_HOSTS = environment.listing("SHOUSHAN_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
HTTPS = environment.flag("SHOUSHAN_HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = environment.whole("SHOUSHAN_SESSION_MINUTES", 480, least=5) * 60
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": [SELF],
    }
}
MESSAGE_TAGS = {message_levels.ERROR: "danger"}  # as the style sheet names it
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
CSRF_FAILURE_VIEW = "shoushan.ui.views.csrf_failure"

# ---- what is installed --------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "csp",
    "django_htmx",
    *(["django_tasks"] if django.VERSION < (6,) else []),  # from 6.0 on Django brings the task API itself
    "django_tasks_db",
    "shoushan.ui",
    "django.forms",  # after ui, whose form templates come first
    "shoushan.directory",
    "shoushan.fieldwork",
    "shoushan.notices",
    "shoushan.privacy",
    "shoushan.registry",
    "shoushan.deadlines",
    "shoushan.ledger",
    "shoushan.figures",
    "shoushan.exchange",
    "shoushan.lifecycle",
    "shoushan.casework",
    "shoushan.apps.resumption",
    "shoushan.apps.projects",
    "shoushan.apps.premises",
    "shoushan.portal",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "shoushan.ui.compression.CompressedPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "shoushan.ui.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shoushan.directory.middleware.AccessMiddleware",
    "shoushan.ui.plain_files.PlainFileMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "shoushan.config.urls"
WSGI_APPLICATION = "shoushan.config.wsgi.application"

# ---- people -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "directory.User"
LOGIN_URL = "directory:sign-in"
LOGIN_REDIRECT_URL = "portal:home"
LOGOUT_REDIRECT_URL = "directory:sign-in"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AXES_FAILURE_LIMIT = environment.whole("SHOUSHAN_SIGN_IN_FAILURES", 5, least=1)
AXES_COOLOFF_TIME = environment.whole("SHOUSHAN_SIGN_IN_LOCK_MINUTES", 30, least=1) / 60
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "shoushan.directory.views.locked_out"
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # the account is locked, not the address: a subdistrict office shares one

# ---- pages --------------------------------------------------------------------------------------
FORM_RENDERER = "shoushan.ui.rendering.FormRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shoushan.ui.context.page",
                "shoushan.portal.saved_views.page_views",
            ]
        },
    }
]
STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(UPLOADS)}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG

# ---- words and time -------------------------------------------------------------------------------
LANGUAGE_CODE = CHINESE
LANGUAGES = [(CHINESE, "简体中文"), (ENGLISH, "English")]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
COMMAND_LANGUAGE = environment.command_language("SHOUSHAN_LANGUAGE")
LOCALE_PATHS = [HOME / "locale"]  # compiled there by `shoushan setup`: the program's own folder may be read-only
FORMAT_MODULE_PATH = ["shoushan.ui.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# ---- work in the background -------------------------------------------------------------------------
STEP_LOST_SECONDS = environment.whole("SHOUSHAN_STEP_LOST_SECONDS", 20, least=3)
"""A step of an import that shows no sign of life for so long lost its worker and is taken up again."""
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["stderr"],
        "level": environment.one_of("SHOUSHAN_LOG_LEVEL", ("WARNING", "DEBUG", "INFO", "ERROR", "CRITICAL")),
    },
}
