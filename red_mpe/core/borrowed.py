"""Words of libraries that come without a translation, or with a wrong one, listed so that `make messages` keeps them.

Nothing imports this module. Our catalogues stand before those of the libraries, so a word translated here is translated
wherever the library shows it. Take a line out when its library brings the translation itself.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

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
