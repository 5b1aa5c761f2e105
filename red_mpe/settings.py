"""One settings file, read top to bottom. Closed by default: nothing starts without its secrets unless DEBUG=1."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from red_mpe.env import BASE_DIR, read, secret

# --- Where and for whom -------------------------------------------------------------------------------------------
DEBUG = read.bool("DEBUG", default=False)
SECRET_KEY = secret("SECRET_KEY", debug=DEBUG)
SECRET_KEY_FALLBACKS = read.list("SECRET_KEY_FALLBACKS", default=[])
BASE_URL = read.str("BASE_URL", default="http://localhost:8000").rstrip("/")
_base = urlsplit(BASE_URL)
SECURE = _base.scheme == "https"
ALLOWED_HOSTS = [_base.hostname or "localhost", *read.list("EXTRA_HOSTS", default=[])]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
DATA_DIR = Path(read.str("DATA_DIR", default=str(BASE_DIR / ".local" / "data")))

# --- Rooms of the house -------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "modeltranslation",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_countries",
    "django_filters",
    "django_htmx",
    "template_partials",
    "tree_queries",
    "rules",
    "red_mpe.core",
    "red_mpe.notifications",
    "members",
    "publications",
    "events",
    "standards",
    "red_mpe.portal",
]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "red_mpe.portal.middleware.admin_csp",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "red_mpe.portal.middleware.light_gzip",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "red_mpe.portal.middleware.no_nulls",
    "red_mpe.portal.middleware.reader_clock",
    "red_mpe.portal.middleware.private_pages",
    "red_mpe.portal.middleware.staff_second_factor",
]

ROOT_URLCONF = "red_mpe.urls"
WSGI_APPLICATION = "red_mpe.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_loaders = ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "red_mpe.portal.context.page",
            ],
            "loaders": _loaders if DEBUG else [("django.template.loaders.cached.Loader", _loaders)],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "red_mpe.core.templatetags.components"],
        },
    }
]

# --- Stores -------------------------------------------------------------------------------------------------------
_database = read.db_url("DATABASE_URL", default="postgres:///red_mpe")
DATABASES = {
    "default": {
        **_database,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **_database.get("OPTIONS", {}),
            "connect_timeout": 5,
            "options": "-c statement_timeout=30000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000",
        },
    }
}
REDIS_URL = read.str("REDIS_URL", default="redis://localhost:6379/0")
_redis = REDIS_URL.startswith(("redis://", "rediss://", "unix://", "redis+socket://"))
CACHES = {
    "default": {
        "BACKEND": "red_mpe.cache.ForgivingRedisCache" if _redis else "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": REDIS_URL.replace("redis+socket://", "unix://").replace("?virtual_host=", "?db=") if _redis else "red-mpe",
        "KEY_PREFIX": "red-mpe",
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# --- Languages and clocks -----------------------------------------------------------------------------------------
LANGUAGE_CODE = "es"
LANGUAGES = [("es", "Español"), ("en", "English"), ("pt-br", "Português")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
MODELTRANSLATION_DEFAULT_LANGUAGE = "es"
MODELTRANSLATION_LANGUAGES = ("es", "en", "pt")
MODELTRANSLATION_FALLBACK_LANGUAGES = ("es", "en", "pt")

# --- People who enter ---------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "members.adapter.Accounts",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["email"]}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
LOGOUT_REDIRECT_URL = "portal:signed_out"
ACCOUNT_ADAPTER = "members.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "members.forms.SignupForm"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # on a shared phone an open session must not change the address
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _base.scheme
ALLAUTH_TRUSTED_PROXY_COUNT = read.int("TRUSTED_PROXY_COUNT", default=0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Red MPE"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
USERSESSIONS_TRACK_ACTIVITY = False  # it would write a row, with the address, at every page

# --- Mail ---------------------------------------------------------------------------------------------------------
EMAIL_BACKEND = read.str("EMAIL_BACKEND", default="django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = read.str("EMAIL_HOST", default="localhost")
EMAIL_PORT = read.int("EMAIL_PORT", default=1025)
EMAIL_HOST_USER = read.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = read.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = read.bool("EMAIL_USE_TLS", default=False)
EMAIL_USE_SSL = read.bool("EMAIL_USE_SSL", default=False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = read.str("DEFAULT_FROM_EMAIL", default="Red MPE <red@localhost>")
SECRETARIAT_EMAIL = read.str("SECRETARIAT_EMAIL", default="secretaria@localhost")
MAIL_HELD = read.bool("MAIL_HELD", default=False)  # after a restore: mail waits until somebody lets it go
MAIL_ONLY_TO = read.list("MAIL_ONLY_TO", default=[])  # a staging site mails only these domains
MAIL_BRAKE = (read.int("MAIL_BRAKE_COUNT", default=3000), read.int("MAIL_BRAKE_MINUTES", default=10))

# --- Work in the background ---------------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {
        "visibility_timeout": 900,  # above the hard time limit: a longer task would start again while it runs
        "socket_timeout": 10,
        "socket_connect_timeout": 1,
        "socket_keepalive": True,
        "health_check_interval": 10,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
    }
    if _redis
    else {
        "data_folder_in": str(DATA_DIR / "broker"),
        "data_folder_out": str(DATA_DIR / "broker"),
        "control_folder": str(DATA_DIR / "broker-control"),
    }
)

# --- Static files -------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(read.str("STATIC_ROOT", default=str(BASE_DIR / ".local" / "static")))
_manifest = "whitenoise.storage.CompressedManifestStaticFilesStorage"
_plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
# --- The library ----------------------------------------------------------------------------------------------------
DOI_LOOKUP = read.bool("DOI_LOOKUP", default=False)  # editors may ask doi.org for the metadata of a DOI

# --- Files of the library: private, named by their content -----------------------------------------------------------
LIBRARY_FILE_LIMIT = read.int("LIBRARY_FILE_LIMIT_MB", default=200) << 20  # bytes; the proxy must allow as much
LIBRARY_ACCEL = read.str("LIBRARY_ACCEL", default="")  # an internal location of nginx that reads the store itself
CLAMD = read.str("CLAMD", default="")  # tcp://host:port or unix:///path of a virus scanner
LINK_CHECKS = read.bool("LINK_CHECKS", default=False)
_bucket_name = read.str("LIBRARY_S3_BUCKET", default="")
_library = {
    "BACKEND": "red_mpe.core.files.WholeFiles",
    "OPTIONS": {"location": DATA_DIR / "media" / "library", "base_url": None, "file_permissions_mode": 0o640},
}
_bucket = {
    "BACKEND": "storages.backends.s3.S3Storage",
    "OPTIONS": {
        "bucket_name": _bucket_name,
        "endpoint_url": read.str("LIBRARY_S3_ENDPOINT", default="") or None,
        "region_name": read.str("LIBRARY_S3_REGION", default="") or None,
        "access_key": read.str("LIBRARY_S3_KEY", default="") or None,
        "secret_key": read.str("LIBRARY_S3_SECRET", default="") or None,
        "location": "library",
        "default_acl": None,
        "signature_version": "s3v4",
        "file_overwrite": True,
        "max_memory_size": 2_500_000,
    },
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _plain if DEBUG else read.str("STATIC_STORAGE", default=_manifest)},
    "library": _bucket if _bucket_name else _library,
}
JQUERY_UI_URL = STATIC_URL + "vendor/jquery-ui-tabs.js"

# --- Walls --------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "red_mpe.portal.views.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 63072000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# --- Secretariat's admin ------------------------------------------------------------------------------------------
_light = {"50": "#eff6f5", "100": "#d5e8e6", "200": "#acd2ce", "300": "#7fb9b4", "400": "#4f9a95", "500": "#2a7b76"}
_dark = {"600": "#0f5b57", "700": "#0d4e4b", "800": "#0b413e", "900": "#093532", "950": "#061f1e"}
UNFOLD = {
    "SITE_TITLE": "Red MPE",
    "SITE_HEADER": "Red MPE",
    "SITE_SUBHEADER": _("Secretariat"),
    "SITE_URL": "/",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": STATIC_URL + "img/mark.svg"}],
    "SHOW_HISTORY": False,
    "BORDER_RADIUS": "3px",
    "SIDEBAR": {"show_search": True, "navigation": "red_mpe.portal.context.sidebar"},
    "COLORS": {"primary": _light | _dark},
}

# --- Talk ---------------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": read.str("LOG_LEVEL", default="INFO")},
    "loggers": {"django.security.DisallowedHost": {"level": "CRITICAL"}},
}
