"""One file of settings, read from the environment. A missing value stops the start and says what to do."""

import os
import sys
from datetime import date, timedelta
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from urllib.parse import unquote, urlparse

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from samraad.environment import day, flag, networks, number, origin, secret, text, words

ROOT = Path(__file__).resolve().parents[2]


SAMRAAD_DATA = Path(text("SAMRAAD_DATA", str(ROOT / "var")))
SAMRAAD_DEMO = flag("SAMRAAD_DEMO")
SAMRAAD_TODAY = day("SAMRAAD_TODAY") or (date(2022, 1, 28) if SAMRAAD_DEMO else None)
SAMRAAD_SHARED_DATA = Path(text("SAMRAAD_SHARED_DATA", str(ROOT.parent / "shared" / "data")))
SAMRAAD_HEADS, SAMRAAD_HEAD_MAIL = text("SAMRAAD_HEADS"), text("SAMRAAD_HEAD_MAIL")
SAMRAAD_KEYS = text("SAMRAAD_KEYS")
if SAMRAAD_DEMO and not SAMRAAD_KEYS:
    SAMRAAD_KEYS = f"{SAMRAAD_DATA}-keys"  # the demo makes its own; beside its data, not in it
SAMRAAD_STATBANK = text("SAMRAAD_STATBANK")
SAMRAAD_BACKUP_KEY = text("SAMRAAD_BACKUP_KEY")
SAMRAAD_UPLOAD_MEGABYTES = number("SAMRAAD_UPLOAD_MEGABYTES", 20)
SAMRAAD_PROXIES = networks("SAMRAAD_PROXIES", "127.0.0.1,::1")
TESTING = "pytest" in sys.modules
TEST_DATABASE = f"samraad_test_{os.getpid()}"  # its own in each process: two runs do not meet

DEBUG = flag("SAMRAAD_DEBUG")
SECRET_KEY = text("SAMRAAD_SECRET_KEY")
ALLOWED_HOSTS = words("SAMRAAD_HOSTS")
LOCAL = SAMRAAD_DEMO or TESTING or DEBUG
DEMO_KEY = "kun-til-demo-og-proever-aldrig-til-drift-0123456789-abcdefghijkl"
if LOCAL:
    SECRET_KEY = SECRET_KEY or DEMO_KEY
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]", "testserver"]
if not SECRET_KEY or len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(
        "SAMRAAD_SECRET_KEY mangler eller er for kort. Sæt den til mindst 50 tilfældige tegn."
    )
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "SAMRAAD_HOSTS mangler. Sæt den til sidens adresse, for eksempel samraad.example.dk."
    )


def _database(url: str) -> dict[str, Any]:
    """SQLite in the data folder, or the PostgreSQL that `SAMRAAD_DATABASE` names."""
    if not url:
        SAMRAAD_DATA.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": SAMRAAD_DATA / "samraad.sqlite3",
            "CONN_MAX_AGE": None,
            "TEST": {"NAME": Path(gettempdir()) / f"{TEST_DATABASE}.sqlite3"},
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 5,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                "PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728; PRAGMA foreign_keys=ON; "
                "PRAGMA recursive_triggers=ON;",  # a REPLACE fires the triggers of what it removes
            },
        }
    return {
        **_postgres("SAMRAAD_DATABASE", url),
        "ENGINE": "django.db.backends.postgresql",
        "TEST": {"NAME": TEST_DATABASE},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _postgres(name: str, url: str) -> dict[str, str]:
    """Where a PostgreSQL is, and by which role."""
    parts = urlparse(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} skal begynde med postgresql://, eller være tom.")
    return {
        "NAME": parts.path.lstrip("/") or "samraad",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }


def _owner(url: str, site: str) -> dict[str, str]:
    """The role that owns the tables, where it is another than the site's; empty with one role."""
    if not url:
        return {}
    owner = _postgres("SAMRAAD_DATABASE_OWNER", url)
    ours = dict.fromkeys(owner, "")
    if site:
        ours = _postgres("SAMRAAD_DATABASE", site)
    different = {key for key in owner if owner[key] != ours[key]}
    if "USER" not in different or different & {"NAME", "HOST", "PORT"}:
        raise ImproperlyConfigured(
            "SAMRAAD_DATABASE_OWNER skal være samme database som SAMRAAD_DATABASE med en anden rolle. "
            "Se docs/drift/to-roller.md."
        )
    return {"USER": owner["USER"], "PASSWORD": owner["PASSWORD"]}


DATABASES = {"default": _database(text("SAMRAAD_DATABASE"))}
DATABASE_OWNER = _owner(text("SAMRAAD_DATABASE_OWNER"), text("SAMRAAD_DATABASE"))

ROOMS = [
    "audit",
    "documents",
    "look",
    "search",
    "accounts",
    "council",
    "commitment",
    "network",
    "figures",
    "plan",
    "guide",
    "district",
    "desk",
    "public",
    "demo",
]
INSTALLED_APPS = [
    *(f"samraad.{room}" for room in ROOMS),  # first: the house's own pages go before a library's
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "samraad.look.middleware.ProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "samraad.look.middleware.SizeMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "samraad.accounts.middleware.SignedInMiddleware",
    "samraad.accounts.middleware.DistrictMiddleware",
    "samraad.look.middleware.NotAllowedMiddleware",
    "samraad.audit.middleware.GuardMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "samraad.urls"
WSGI_APPLICATION = "samraad.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.cache",
                "samraad.look.templatetags.look",
                "samraad.look.templatetags.boxes",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samraad.desk.context.page",
            ],
        },
    }
]

# Who signs in, and how
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "samraad.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # who is unknown sees the same page and gets no mail
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {
    "login_failed": False,  # django-axes counts them
    "login": "120/m/ip",  # a whole office has one address
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = MFA_ALLOW_UNVERIFIED_EMAIL = True  # the invitation reached the address
MFA_TOTP_ISSUER = "Samråd"
ACCOUNT_FORMS = {"reset_password": "samraad.accounts.forms.ResetPasswordForm"}
MFA_FORMS = {
    "authenticate": "samraad.accounts.forms.CodeForm",
    "reauthenticate": "samraad.accounts.forms.CodeAgainForm",
}
AXES_HANDLER = "samraad.accounts.lockout.Handler"  # says what is counted together
AXES_USERNAME_CALLABLE = "samraad.accounts.lockout.tried"
AXES_CLIENT_IP_CALLABLE = "samraad.accounts.lockout.place"
AXES_LOCKOUT_CALLABLE = "samraad.accounts.views.locked"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(hours=1)  # how long it lasts, and how long a wrong try is kept
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # trying meanwhile makes it no longer
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # where one is signed in stands on one's own list
AXES_SENSITIVE_PARAMETERS = ["login", "email", "code", "csrfmiddlewaretoken"]
AXES_VERBOSE = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/mit-bord/"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE, SESSION_IDLE_AGE = 10 * 60 * 60, 30 * 60  # seconds: at most, and without a click
SAMRAAD_SECOND_FACTOR = not LOCAL  # of administrators and operators; the demo's persons enter without
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # of before; renewed at the next sign-in
]
SMTP = bool(text("SAMRAAD_SMTP")) or not LOCAL  # without a server the demo writes its mails to files
EMAIL_BACKEND = (
    f"django.core.mail.backends.{'smtp' if SMTP else 'locmem' if TESTING else 'filebased'}.EmailBackend"
)
EMAIL_FILE_PATH = SAMRAAD_DATA / "mails"

EMAIL_HOST = text("SAMRAAD_SMTP", "localhost").split(":")[0]
EMAIL_PORT = int((text("SAMRAAD_SMTP") + ":25").split(":")[1])
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = text("SAMRAAD_SMTP_USER"), text("SAMRAAD_SMTP_PASSWORD")
EMAIL_USE_TLS = flag("SAMRAAD_SMTP_TLS")
EMAIL_TIMEOUT = 10
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
SAMRAAD_ADDRESS = text(
    "SAMRAAD_ADDRESS", f"https://{ALLOWED_HOSTS[0]}" if not LOCAL else "http://localhost:8000"
)
DEFAULT_FROM_EMAIL = text("SAMRAAD_MAIL_FROM", "samraad@localhost")
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Signing in from elsewhere (accounts/provider.py); off without an issuer
SAMRAAD_OIDC_ISSUER, SAMRAAD_OIDC_CLIENT = text("SAMRAAD_OIDC_ISSUER"), text("SAMRAAD_OIDC_CLIENT")
SAMRAAD_OIDC_SECRET = secret("SAMRAAD_OIDC_SECRET_FILE")
SAMRAAD_OIDC_NAME = text("SAMRAAD_OIDC_NAME", "din arbejdsplads")
SAMRAAD_OIDC_SCOPES = text("SAMRAAD_OIDC_SCOPES", "openid email profile")
SAMRAAD_OIDC_LEVEL_CLAIM = text("SAMRAAD_OIDC_LEVEL_CLAIM", "acr")
SAMRAAD_OIDC_LEVELS = words("SAMRAAD_OIDC_LEVELS")
SAMRAAD_OIDC_TRUST_EMAIL = flag("SAMRAAD_OIDC_TRUST_EMAIL")
if SAMRAAD_OIDC_ISSUER and not (SAMRAAD_OIDC_CLIENT and SAMRAAD_OIDC_SECRET):
    raise ImproperlyConfigured(
        "SAMRAAD_OIDC_ISSUER er sat. Så skal SAMRAAD_OIDC_CLIENT og SAMRAAD_OIDC_SECRET_FILE også være det."
    )
if SAMRAAD_OIDC_ISSUER and not LOCAL and not SAMRAAD_OIDC_ISSUER.startswith("https://"):
    raise ImproperlyConfigured("SAMRAAD_OIDC_ISSUER skal begynde med https://.")

# What the browser may do
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *origin(SAMRAAD_OIDC_ISSUER)],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
CSRF_FAILURE_VIEW = "samraad.look.views.csrf"
if not LOCAL:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-samraad", "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

# Files
STATIC_URL = "static/"
STATIC_ROOT = SAMRAAD_DATA / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
ASSETS = ROOT / "assets" / "dist"
STATICFILES_DIRS = [("dkfds", ASSETS)] if ASSETS.is_dir() else []
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = SAMRAAD_DATA / "media"
STORAGES = {
    "default": {"BACKEND": "samraad.audit.files.WholeFiles"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# How much may be sent: text, and a file with the text of its form
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
SAMRAAD_BODY_BYTES = SAMRAAD_UPLOAD_MEGABYTES * 1024 * 1024 + DATA_UPLOAD_MAX_MEMORY_SIZE

# Language and time
LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Dansk"))]  # English follows when its catalogue is whole
LOCALE_PATHS = [ROOT / "src" / "samraad" / "locale"]
TIME_ZONE = "Europe/Copenhagen"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "axes": {"level": "ERROR"},  # it names people and places; the chain tells of each lock
    },
}
SILENCED_SYSTEM_CHECKS = ["axes.W003"]
