"""The settings of a deployment, and beside them a floor: a plain Django page in the same process."""

from red_mpe.settings import *  # noqa: F403
from red_mpe.settings import BASE_DIR, INSTALLED_APPS, TEMPLATES

INSTALLED_APPS = [*INSTALLED_APPS, "tests.bench"]
ROOT_URLCONF = "tests.bench.urls"
WSGI_APPLICATION = "tests.bench.wsgi.application"
PLAIN_MIDDLEWARE = [  # what `startproject` writes
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
PLAIN = {
    "NAME": "plain",
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "DIRS": [BASE_DIR / "tests" / "bench" / "templates"],
    "OPTIONS": {
        "context_processors": ["django.template.context_processors.request"],
        "builtins": ["django.templatetags.i18n"],
    },
}
TEMPLATES = [{"NAME": "django", **TEMPLATES[0]}, PLAIN]
