"""Words of libraries that come without a translation, or with a wrong one, listed so that `make messages` keeps them.

Our catalogues stand before those of the libraries, so a word translated here is translated wherever the library shows it.
What a library never hands to gettext, the names of its tables and columns in the admin, is renamed when the site starts.
Take a line out when its library brings the translation itself.
"""

from django.apps import apps
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.utils.translation import gettext_noop as _

UNFOLD = (
    _("Select action"),
    _("Select action to run"),
    _("Run"),
    _("More actions"),
    _("Select record"),
    _("Select all rows"),
    _("Select value"),
    _("Expand row"),
    _("Value"),
    _("From"),
    _("To"),
    _("Date"),
    _("Date from"),
    _("Date to"),
    _("Not enough data."),
    _("No data"),
    _("True"),
    _("False"),
    _("Apply Filters"),
    _("Reset filters"),
    _("No results found"),
    _("This page yielded into no results. Create a new item or reset your filters."),
    _("Type to search"),
    _("Search apps and models..."),
    _("Recent searches"),
    _("No recent searches"),
    _("No results matching your query"),
    _("Loading more results..."),
    ngettext_lazy(
        "\n                Found %(counter)s result in %(time)s seconds\n            ",
        "\n                Found %(counter)s results in %(time)s seconds\n            ",
    ),
    _("All applications"),
    _("Go back"),
    _("Return to site"),
    _("Light"),
    _("Dark"),
    _("System"),
    _("Record picture"),
    _("Image preview"),
    _("Choose file to upload"),
    _("Click to download"),
    _("This item will be deleted."),
    _("Click to cancel"),
    _("Toggle password visibility"),
    _("Welcome back to"),
    _("Forgotten your password or username?"),
    _("You have been successfully logged out from the administration"),
    _("After you've created a user, you’ll be able to edit more user options."),
    _(
        "Raw passwords are not stored, so there is no way to see this user’s password, but you can change the password using "
        '<a href="{}" class="text-primary-600 dark:text-primary-500">this form</a>.'
    ),
)

DJANGO_FILTERS = (_("is null"), _("Select a lookup."))

DJANGO_COUNTRIES = (
    _("Andorra"),
    _("Congo"),
    _("Dominica"),
    _("Liechtenstein"),
    _("Netherlands"),
    _("Nigeria"),
    _("Timor-Leste"),
    _("Trinidad and Tobago"),
    _("Yemen"),
)

# model: (one, several, {column: its name})
TABLES = {
    "mfa.Authenticator": (
        gettext_lazy("second step"),
        gettext_lazy("second steps"),
        {
            "user": gettext_lazy("account"),
            "type": gettext_lazy("kind"),
            "created_at": gettext_lazy("created"),
            "last_used_at": gettext_lazy("last used"),
        },
    ),
    "usersessions.UserSession": (
        gettext_lazy("open session"),
        gettext_lazy("open sessions"),
        {
            "user": gettext_lazy("account"),
            "created_at": gettext_lazy("created"),
            "last_seen_at": gettext_lazy("last seen"),
            "user_agent": gettext_lazy("browser"),
        },
    ),
}


def rename_tables() -> None:
    """Give the tables of libraries names that can be translated. It touches what people read, never a migration."""
    for label, (one, several, columns) in TABLES.items():
        options = apps.get_model(label)._meta
        options.verbose_name, options.verbose_name_plural = one, several
        for column, name in columns.items():
            options.get_field(column).verbose_name = name
