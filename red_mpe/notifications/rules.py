"""Who may do what with other people's mail."""

import rules

from red_mpe.core.predicates import is_secretariat

for permission in ("manage_mail", "preview_digest", "view_outgoingmail", "view_digest", "view_notification"):
    rules.add_perm(f"notifications.{permission}", is_secretariat)
