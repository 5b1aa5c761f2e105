"""Each route × each role = one exact status. Columns: anonymous, account, member, representative, secretariat, officer, superuser,
chair (of the committee that writes the framework), writer (in that committee).

200 shows, 302 leads to signing in (or onwards), 303 is done, 403 may not, 404 must not know, 405 is the wrong verb.
A name may hold a `*`; the first line that fits holds, so exceptions stand above. A form is sent empty: 200 then means
“may, and is told what is missing”. What a form may do with its words is tested where the action is.
"""

from fnmatch import fnmatchcase

from tests.project.access_forms import FORMS
from tests.support.world import ROLES

PAGES = """
# --- for everybody
302 302 302 302 302 302 302 302 302: root
200 200 200 200 200 200 200 200 200: health_live robots sitemap security_txt
503 503 503 503 503 503 503 503 503: health_ready
200 200 200 200 200 200 200 200 200: unsubscribe unsubscribe_from preferences_by_token [*]u/<str:token>*
200 200 200 200 200 200 200 200 200: portal:home portal:search portal:privacy portal:signed_out
200 200 200 200 200 200 200 200 200: members:directory members:people members:organisation_detail members:group_list members:group_detail
303 303 303 303 303 303 303 303 303: members:organisations
# --- the library
200 200 200 200 200 200 200 200 200: publications:library publications:record_detail
# citing, exports, harvesting, imports
200 200 200 200 200 200 200 200 200: oai publications:record_cite publications:record_export publications:collection_export
302 302 302 302 302 302 302 302 302: record_address
200 200 200 200 200 200 200 200 200: publications:library_export
302 403 403 403 200 403 200 403 403: publications:import_records publications:import_template
200 200 200 200 200 200 200 200 200: publications:collection_list publications:collection_detail
# search in the library
200 200 200 200 200 200 200 200 200: publications:atom
302 200 200 200 200 200 200 200 200: publications:saved_searches
302 405 405 405 405 405 405 405 405: publications:keep_search publications:change_search publications:delete_search
200 200 200 200 200 200 200 200 200: publications:collection_usb
# shelves: what editors do with collections; evidence is for who writes the text
302 403 403 403 200 403 200 403 403: publications:collection_new publications:collection_edit publications:collection_add
302 403 403 403 200 403 200 403 403: publications:collection_note publications:collect
302 405 405 405 405 405 405 405 405: publications:collection_move publications:collection_remove
302 405 405 405 405 405 405 405 405: publications:collection_show publications:collection_delete
302 403 403 403 200 403 200 200 200: standards:drafting_evidence
302 405 405 405 405 405 405 405 405: standards:drafting_evidence_remove
# the library's files, links and use
200 200 200 200 200 200 200 200 200: publications:file_download publications:file_light publications:file_thumbnail
302 403 403 403 200 403 200 403 403: publications:file_list publications:file_add publications:file_replace publications:file_describe
302 403 403 403 200 403 200 403 403: publications:file_remove publications:link_list publications:link_archive
302 403 403 403 200 403 200 403 403: publications:use_list publications:use_record
302 405 405 405 405 405 405 405 405: publications:file_read publications:link_try
200 200 200 200 200 200 200 200 200: standards:framework_list standards:framework_detail standards:version_detail
200 200 200 200 200 200 200 200 200: standards:clause_detail standards:clause_thread standards:comment_detail
# versions
200 200 200 200 200 200 200 200 200: standards:version_list standards:version_record standards:redline standards:clause_history
303 303 303 303 303 303 303 303 303: standards:redline_choose
404 404 404 404 404 404 404 404 404: standards:version_text
302 403 403 403 200 200 200 200 200: standards:workspace_versions standards:workspace_version standards:workspace_carry
302 405 405 405 405 405 405 405 405: standards:carry_all
302 403 403 403 200 403 200 200 403: standards:version_close standards:version_show standards:erratum_add
302 403 403 403 404 403 404 404 404: standards:change_edit
# --- documents to take away, and the commenting form
200 200 200 200 200 200 200 200 200: standards:downloads standards:download standards:consultation_kit
302 200 200 200 200 200 200 200 200: standards:form_file
302 403 200 200 200 403 200 200 200: standards:commenting_form
302 403 403 403 200 403 200 403 403: standards:form_on_behalf
302 303 303 303 303 303 303 303 303: standards:form_look
# flow: what members propose, what editors decide, files on request
302 403 200 200 200 403 200 200 200: publications:record_propose
302 200 200 200 200 200 200 200 200: publications:my_records
302 404 200 404 200 404 200 404 404: publications:record_edit publications:record_send
302 404 200 404 403 404 200 404 404: publications:record_discard
302 405 405 405 405 405 405 405 405: publications:record_take_back publications:record_move publications:access_move
302 403 403 403 200 403 200 403 403: publications:record_queue publications:access_list publications:access_answer
302 404 403 404 200 404 200 404 404: publications:record_desk
302 403 200 200 403 403 200 200 200: publications:access_ask
302 302 302 302 200 403 200 302 302: admin:publications_record_change admin:publications_record_history
302 302 302 302 200 403 200 302 302: admin:publications_accessrequest_change admin:publications_accessrequest_history
302 302 302 302 303 403 303 302 302: admin:publications_record_decide_on_it admin:publications_record_change_it
302 302 302 302 303 403 303 302 302: admin:publications_accessrequest_answer_it
# --- encounters: for everybody; the group's chair runs the event of the small world, the secretariat every one
# minutes
200 200 200 200 200 200 200 200 200: events:minutes events:minutes_pdf events:group_minutes events:group_minutes_file
302 403 403 403 200 403 200 200 403: events:minutes_edit
302 404 404 404 200 404 200 200 404: events:minutes_item events:minutes_move
302 405 405 405 405 405 405 405 405: events:minutes_start events:minutes_opening events:minutes_present events:minutes_item_*
302 405 405 405 405 405 405 405 405: events:resolution_* events:task_*
302 200 200 200 200 200 200 200 200: events:my_tasks
200 200 200 200 200 200 200 200 200: events:coming events:past events:month events:event_detail
200 200 200 200 200 200 200 200 200: public_calendar public_feed group_calendar event_calendar personal_calendar
303 303 303 303 303 303 303 303 303: events:this_month
302 403 403 403 200 403 200 200 403: events:event_add events:event_edit events:event_move events:event_documents
# the organisers' desk of registration
302 403 403 403 200 403 200 200 403: events:desk_list events:desk_terms events:desk_questions events:desk_question
302 403 403 403 200 403 200 200 403: events:desk_question_remove
302 403 403 403 200 403 200 200 403: events:desk_needs events:desk_tickets events:desk_add events:desk_one
302 405 405 405 405 405 405 405 405: events:desk_question_shift events:desk_export events:desk_approve events:desk_move
302 403 200 200 200 403 200 200 200: events:my_calendar
302 405 405 405 405 405 405 405 405: events:renew_calendar events:revoke_calendar
# registering: the member's side; to others a registration does not exist
302 200 200 200 200 200 200 200 200: events:my_encounters
302 200 303 200 200 200 200 200 200: events:register
302 404 200 404 200 404 200 404 404: events:registration_detail events:registration_calendar events:registration_cancel
302 404 200 404 200 404 200 404 404: events:registration_change
302 405 405 405 405 405 405 405 405: events:registration_accept events:registration_mode
302 302 302 302 200 403 200 302 302: admin:events_event_change admin:events_event_history
302 405 405 405 405 405 405 405 405: events:report_shelve events:document_remove
# series: the meetings of a group, whose chair plans them; the quorum is for who sits in the committee
200 200 200 200 200 200 200 200 200: events:series_detail
302 403 403 403 200 403 200 200 403: events:series_edit
302 405 405 405 405 405 405 405 405: events:series_call events:series_skip events:series_unskip events:series_stop events:quorum_present
302 404 404 404 200 404 200 200 200: events:quorum
# after an encounter: the chair was there, and has a certificate
200 200 200 200 200 200 200 200 200: events:certificate_find events:certificate_check events:evaluation_results
200 200 200 200 200 200 200 200 200: events:gallery events:photo_detail events:photo_file events:photo_take_down events:poster_file
302 404 404 404 200 404 200 200 404: events:certificate_pdf
302 404 404 404 404 404 404 200 404: events:my_certificates
302 403 403 403 403 403 403 200 403: events:evaluation
302 403 403 403 200 403 200 200 403: events:certificates events:certificates_all events:certificate_edit events:event_discard
302 403 403 403 200 403 200 200 403: events:images events:photo_edit
302 405 405 405 405 405 405 405 405: events:certificates_issue events:certificate_revoke events:certificate_restore
302 405 405 405 405 405 405 405 405: events:evaluation_suggest events:evaluation_close events:photos_add events:photo_show
302 405 405 405 405 405 405 405 405: events:photo_remove events:poster_set events:poster_remove
# day: the door, one's own ticket, what who runs the event sees
302 403 403 403 200 403 200 200 403: events:check_in events:on_the_day events:head_counts
401 403 403 403 200 403 200 200 403: events:check_in_list
405 405 405 405 405 405 405 405 405: events:check_in_record
200 200 200 200 200 200 200 200 200: events:check_in_worker
302 404 404 404 200 404 200 200 404: events:check_in_ticket
302 405 405 405 405 405 405 405 405: events:check_in_one events:check_in_undo events:was_there events:was_there_undo
302 405 405 405 405 405 405 405 405: events:doorkeeper_add events:doorkeeper_remove events:presence_list
# agenda and stands
200 200 200 200 200 200 200 200 200: events:agenda events:session_detail events:stands
302 403 403 403 200 403 200 200 403: events:agenda_desk events:session_add events:session_edit events:place_add events:place_edit
302 403 403 403 200 403 200 200 403: events:stand_desk events:stand_add events:stand_edit standards:session_clauses
302 405 405 405 405 405 405 405 405: events:session_mark events:session_unmark events:session_remove events:voice_* events:place_remove
302 405 405 405 405 405 405 405 405: events:session_document_* events:stand_remove events:stand_document_*
302 405 405 405 405 405 405 405 405: standards:session_clause_remove
# --- for an account
302 200 200 200 200 200 200 200 200: members:language notifications:inbox notifications:preferences standards:my_comments
302 200 303 303 303 303 303 303 303: members:application
302 303 200 200 200 200 200 200 200: members:apply
302 303 200 200 303 303 303 200 200: members:my_profile
302 405 405 405 405 405 405 405 405: notifications:mark_read notifications:follow notifications:mute notifications:unfollow
302 405 405 405 405 405 405 405 405: members:withdraw_application
302 405 405 405 405 405 405 405 405: members:confirm_affiliation members:grant_speaking members:withdraw_speaking members:end_affiliation
302 405 405 405 405 405 405 405 405: standards:comment_support
# --- for members: a person whom only members see, and what members write
404 404 200 200 200 404 200 200 200: members:person_detail
302 404 200 200 403 404 200 200 200: members:contact
302 403 200 200 403 403 200 200 200: members:contact_organisation
302 403 200 200 403 403 403 200 200: standards:clause_comment standards:comment_reply
# --- for whoever speaks for the organisation, and for the author of the comment
302 403 403 200 200 403 200 403 403: members:my_organisation members:organisation_people
302 403 403 200 403 403 403 403 403: standards:comment_withdraw standards:comment_identity
# --- for the committee of the framework
302 403 403 403 200 200 200 200 200: standards:workspace
# drafting: who sits in the committee and the staff see the tree and the queue; who writes there, and the secretariat, write
302 403 403 403 200 200 200 200 200: standards:drafting_tree standards:translations
302 403 403 403 200 403 200 200 200: standards:drafting_add standards:drafting_clause standards:drafting_saved standards:translation
302 403 403 403 200 403 200 200 200: standards:drafting_move standards:drafting_split standards:drafting_merge standards:drafting_retire
302 405 405 405 405 405 405 405 405: standards:drafting_restore standards:drafting_take_again
# process
200 200 200 200 200 200 200 200 200: standards:process standards:terms
302 403 403 403 200 200 200 200 200: standards:work_terms standards:work_committee standards:work_rounds standards:work_round
302 403 403 403 200 403 200 200 403: standards:work_move standards:work_round_plan standards:work_round_announce
302 403 403 403 200 403 200 200 403: standards:work_round_waive
302 405 405 405 405 405 405 405 405: standards:work_terms_publish
# --- reports: the end of a round
200 200 200 200 200 200 200 200 200: standards:rounds standards:synopsis standards:synopsis_comments
200 200 200 200 200 200 200 200 200: standards:synopsis_pdf standards:synopsis_xlsx standards:record
302 404 404 200 404 404 404 404 404: standards:letter
302 403 403 403 200 200 200 200 200: standards:reports
302 403 403 403 200 403 200 200 200: standards:synopsis_write standards:synopsis_paragraph
302 403 403 403 200 403 200 200 403: standards:synopsis_publish
302 405 405 405 405 405 405 405 405: standards:synopsis_draft
# --- answers: the map for everybody, the queue for the committee, the objection for the author
200 200 200 200 200 200 200 200 200: standards:round_map
302 403 403 403 200 200 200 200 200: standards:answer_queue standards:answer_write
302 403 403 403 200 403 200 200 200: standards:answer_templates standards:answer_template standards:answer_group standards:answer_again
302 403 403 404 403 403 403 403 403: standards:answer_object
302 405 405 405 405 405 405 405 405: standards:answers_act standards:answer_note standards:answer_return standards:answer_link
302 405 405 405 405 405 405 405 405: standards:answer_group_dissolve standards:answer_template_delete
# --- for the secretariat
302 403 403 403 200 200 200 403 403: portal:desk
302 302 302 302 200 200 200 302 302: admin:index admin:search admin:password_change admin:password_change_done admin:jsi18n
302 302 302 302 200 404 200 302 302: admin:app_list
302 403 403 403 302 302 302 403 403: admin:login
302 302 302 302 405 405 405 302 302: admin:logout
302 302 302 302 404 404 404 302 302: admin:view_on_site admin:[*]*url*
302 302 302 302 302 302 302 302 302: admin:[*]<path:object_id>/
302 302 302 302 403 403 403 302 302: admin:autocomplete
302 302 302 302 200 403 200 302 302: admin:notifications_digest_preview
302 302 302 302 200 403 200 302 302: admin:members_user_close admin:members_user_reopen
302 302 302 302 200 403 200 302 302: admin:members_person_suspend admin:members_person_restore
302 302 302 302 200 403 200 302 302: admin:members_application_accept admin:members_application_decline
302 302 302 302 200 403 200 302 302: admin:standards_framework_import_document admin:standards_version_review
302 302 302 302 200 403 200 302 302: admin:standards_consultation_announce
302 302 302 302 200 403 200 302 302: admin:standards_comment_hide admin:standards_comment_restore
302 302 302 302 303 403 303 302 302: admin:standards_framework_import_look
# buttons that only lead onwards, to pages with a line of their own
302 302 302 302 303 303 303 302 302: admin:standards_framework_versions admin:standards_framework_clauses
302 302 302 302 303 303 303 302 302: admin:standards_consultation_comments
302 302 302 302 303 303 303 302 302: admin:standards_version_clauses admin:standards_version_add_clause admin:standards_version_plan
302 302 302 302 303 303 303 302 302: admin:standards_version_import_document
# comments are read by the protection officer too; whoever wants to open an identity first signs in again
302 302 302 302 200 200 200 302 302: admin:standards_comment_changelist admin:standards_comment_change admin:standards_comment_history
302 302 302 302 302 302 302 302 302: admin:standards_comment_open_identity
302 302 302 302 200 403 200 302 302: admin:core_*_add admin:members_group_add admin:members_organisation_add
302 302 302 302 200 403 200 302 302: admin:standards_framework_add admin:standards_version_add admin:standards_clausetext_add
302 302 302 302 200 403 200 302 302: admin:standards_processrules_add admin:standards_consultation_add
302 302 302 302 403 403 302 302 302: admin:mfa_authenticator_delete
# the rule of the admin: the secretariat reads, adds little, deletes nothing; the protection officer has no business there
302 302 302 302 200 403 200 302 302: admin:*_changelist
302 302 302 302 302 403 302 302 302: admin:core_synonymset_delete
302 302 302 302 403 403 403 302 302: admin:*_add admin:*_delete
302 302 302 302 200 403 200 302 302: admin:members_*_change admin:standards_*_change admin:members_*_history admin:standards_*_history
# of other things there is none in the small world: whoever may is led to the list
302 302 302 302 302 403 302 302 302: admin:*_change
302 302 302 302 302 302 302 302 302: admin:*_history
# --- accounts: sign in, sign up, second factor, sessions
200 302 302 302 302 302 302 302 302: account_login account_signup account_request_login_code
200 200 200 200 200 200 200 200 200: account_inactive account_reset_password account_password_reset_completed
302 200 200 200 200 200 200 200 200: account_logout account_reauthenticate account_email account_change_password
302 200 200 200 200 200 200 200 200: mfa_index mfa_list_webauthn usersessions_list
302 302 302 302 302 302 302 302 302: account_email_verification_sent account_set_password account_confirm_login_code
302 302 302 302 302 302 302 302 302: account_confirm_password_reset_code account_complete_password_reset
302 302 302 302 200 200 200 302 302: mfa_reauthenticate
302 302 302 302 302 302 302 302 302: mfa_authenticate mfa_activate_totp mfa_generate_recovery_codes mfa_*_webauthn
302 404 404 404 302 302 302 404 404: mfa_deactivate_totp
302 404 404 404 404 404 404 404 404: mfa_view_recovery_codes mfa_download_recovery_codes
"""


def _lines(table: str) -> list[tuple[list[int], list[str]]]:
    lines = [line.partition(": ") for line in table.strip().splitlines() if not line.startswith("#")]
    return [([int(status) for status in statuses.split()], names.split()) for statuses, _, names in lines]


_TABLES = {"GET": _lines(PAGES), "POST": _lines(FORMS)}


def expected(verb: str, name: str, role: str) -> int | None:
    """Return the status that `role` gets from the route; None where the table says nothing."""
    for statuses, patterns in _TABLES[verb]:
        if any(fnmatchcase(name, pattern) for pattern in patterns):
            return statuses[ROLES.index(role)]
    return None


def idle(verb: str, names: set[str]) -> list[str]:
    """Return the patterns that fit none of `names`: lines about routes that are gone."""
    return [pattern for _, patterns in _TABLES[verb] for pattern in patterns if not any(fnmatchcase(name, pattern) for name in names)]
