"""Words of libraries that come without a translation, or with one in another tone, listed so that `make messages` keeps them.

Our catalogues stand before those of the libraries, so a word translated here is translated wherever the library shows it.
The tone: nobody is addressed as you, in any of its forms; an error says what to do; days and months are written small.
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
    _("Filters"),
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

DJANGO_DATES = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)

DJANGO_FORMS = (
    _("Enter a valid value."),
    _("Enter a valid URL."),
    _("Enter a valid email address."),
    _("Enter a whole number."),
    _("Enter a number."),
    _("Enter a valid date."),
    _("Enter a valid time."),
    _("Enter a valid date/time."),
    _("Enter a list of values."),
    _("Enter a complete value."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    ngettext_lazy(
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
    ),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    ),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("No file was submitted."),
    _("No file was submitted. Check the encoding type on the form."),
    _("The submitted file is empty."),
)

DJANGO_PASSWORDS = (
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
    ),
    _("Your password can’t be too similar to your other personal information."),
    _("Your password can’t be a commonly used password."),
    _("Your password can’t be entirely numeric."),
    _("The password is too similar to the %(verbose_name)s."),
    _("This password is too common."),
    _("This password is entirely numeric."),
)

ALLAUTH = (
    _("Email"),
    _("Forgot your password?"),
    _("Remember Me"),
    _("This account is currently inactive."),
    _("The email address and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
    _("Be patient, you are sending too many requests."),
    _("Invalid login."),
    _("Invalid or expired key."),
    _("The password reset token was invalid."),
    _("The new value must be different from the current one."),
    _("Please type your current password."),
    _("You must type the same password each time."),
    _("A user is already registered with this email address."),
    _("This email address is already associated with this account."),
    _("The email address is not assigned to any user account."),
    _("You cannot add more than %d email addresses."),
    _("You cannot remove your primary email address."),
    _("Your primary email address must be verified."),
    _("Use your password"),
    _("Use authenticator app or code"),
    _("Use a security key"),
    _("You cannot add an email address to an account protected by two-factor authentication."),
    _("You cannot deactivate two-factor authentication."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
    _("You cannot activate two-factor authentication until you have verified your email address."),
    _("MFA"),
    _("TOTP Authenticator"),
    _("WebAuthn"),
    _("Authenticator code"),
    _("Master key"),
    _("Backup key"),
    _("Key nr. {number}"),
    _("Passwordless"),
    _(
        "Enabling passwordless operation allows you to sign in using just this key, but imposes additional requirements such as "
        "biometrics or PIN protection."
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
