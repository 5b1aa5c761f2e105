"""What each form answers to each role when it is sent empty; columns and rules as in `access_table.py`."""

FORMS = """
# --- nothing to send
405 405 405 405 405 405 405 405 405: root health_* robots sitemap security_txt portal:home portal:search portal:privacy portal:signed_out
405 405 405 405 405 405 405 405 405: members:directory members:people members:organisations
405 405 405 405 405 405 405 405 405: members:person_detail members:organisation_detail
405 405 405 405 405 405 405 405 405: members:group_list members:group_detail
# the library
405 405 405 405 405 405 405 405 405: publications:library publications:record_detail
405 405 405 405 405 405 405 405 405: publications:collection_list publications:collection_detail
# search in the library: the kept search is the member's
405 405 405 405 405 405 405 405 405: publications:atom
302 405 405 405 405 405 405 405 405: publications:saved_searches
302 422 422 422 422 422 422 422 422: publications:keep_search
302 404 422 404 404 404 404 404 404: publications:change_search
302 404 303 404 404 404 404 404 404: publications:delete_search
# citing, exports, harvesting, imports
200 200 200 200 200 200 200 200 200: oai
405 405 405 405 405 405 405 405 405: record_address publications:record_cite publications:record_export publications:collection_export
405 405 405 405 405 405 405 405 405: publications:library_export
302 405 405 405 405 405 405 405 405: publications:import_template
302 403 403 403 422 403 422 403 403: publications:import_records
405 405 405 405 405 405 405 405 405: publications:collection_usb
# shelves
302 403 403 403 422 403 422 403 403: publications:collection_new publications:collection_edit publications:collection_add
302 403 403 403 422 403 422 403 403: publications:collection_note publications:collect
302 403 403 403 303 403 303 403 403: publications:collection_move publications:collection_remove
302 403 403 403 303 403 303 403 403: publications:collection_show publications:collection_delete
302 403 403 403 422 403 422 422 422: standards:drafting_evidence
302 403 403 403 303 403 303 303 303: standards:drafting_evidence_remove
# flow
302 403 422 422 422 403 422 422 422: publications:record_propose
302 405 405 405 405 405 405 405 405: publications:my_records publications:record_queue publications:record_desk
302 405 405 405 405 405 405 405 405: publications:access_list publications:access_answer
302 404 422 404 422 404 422 404 404: publications:record_edit
302 404 409 404 409 404 409 404 404: publications:record_send
302 404 303 404 403 404 303 404 404: publications:record_take_back publications:record_discard
302 404 403 404 303 404 303 404 404: publications:record_move
302 403 403 403 422 403 422 403 403: publications:access_move
302 403 422 422 403 403 422 422 422: publications:access_ask
# the library's files, links and use
405 405 405 405 405 405 405 405 405: publications:file_download publications:file_light publications:file_thumbnail
302 405 405 405 405 405 405 405 405: publications:file_list publications:link_list publications:use_list publications:use_record
302 403 403 403 422 403 422 403 403: publications:file_add publications:file_replace publications:file_describe publications:file_remove
302 403 403 403 303 403 303 403 403: publications:file_read publications:link_archive publications:link_try
405 405 405 405 405 405 405 405 405: standards:framework_list standards:framework_detail standards:version_detail
405 405 405 405 405 405 405 405 405: standards:clause_detail standards:clause_thread standards:comment_detail
302 405 405 405 405 405 405 405 405: standards:workspace
# encounters
# minutes
405 405 405 405 405 405 405 405 405: events:minutes events:minutes_pdf events:group_minutes events:group_minutes_file
302 405 405 405 405 405 405 405 405: events:minutes_edit events:my_tasks
302 403 403 403 303 403 303 303 403: events:minutes_start
302 404 404 404 303 404 303 303 404: events:minutes_opening events:minutes_present events:minutes_item_move events:minutes_item_remove
302 404 404 404 409 404 409 409 404: events:minutes_item events:minutes_item_add events:task_add events:task_change
302 404 404 404 422 404 422 422 404: events:resolution_add events:resolution_change
302 404 404 404 303 404 303 303 404: events:resolution_remove events:task_remove
302 404 404 404 409 404 409 409 404: events:minutes_move
302 403 403 403 303 403 303 303 403: events:task_move
405 405 405 405 405 405 405 405 405: events:coming events:past events:month events:this_month events:event_detail
405 405 405 405 405 405 405 405 405: public_calendar public_feed group_calendar event_calendar personal_calendar
302 403 403 403 422 403 422 422 403: events:event_add events:event_edit events:event_documents events:report_shelve
# the organisers' desk of registration
302 405 405 405 405 405 405 405 405: events:desk_list events:desk_needs events:desk_tickets events:desk_one
302 403 403 403 422 403 422 422 403: events:desk_terms events:desk_questions events:desk_question events:desk_add
302 403 403 403 303 403 303 303 403: events:desk_question_remove events:desk_question_shift events:desk_export events:desk_approve
302 403 403 403 303 403 303 303 403: events:desk_move
302 403 403 403 303 403 303 303 403: events:document_remove
# series
405 405 405 405 405 405 405 405 405: events:series_detail
302 403 403 403 422 403 422 422 403: events:series_edit events:series_call events:series_skip events:series_unskip
302 403 403 403 303 403 303 303 403: events:series_stop
302 405 405 405 405 405 405 405 405: events:quorum
302 404 404 404 422 404 422 422 403: events:quorum_present
302 403 403 403 409 403 409 409 403: events:event_move
302 405 405 405 405 405 405 405 405: events:my_calendar
# registering: the member's side; to others a registration does not exist
302 405 405 405 405 405 405 405 405: events:my_encounters events:registration_detail events:registration_calendar
302 422 422 422 422 422 422 422 422: events:register
302 404 409 404 409 404 409 404 404: events:registration_accept events:registration_mode
302 404 303 404 303 404 303 404 404: events:registration_cancel events:registration_change
302 403 303 303 303 403 303 303 303: events:renew_calendar events:revoke_calendar
# after an encounter
405 405 405 405 405 405 405 405 405: events:certificate_find events:certificate_check events:evaluation_results
405 405 405 405 405 405 405 405 405: events:gallery events:photo_detail events:photo_file events:poster_file
303 303 303 303 303 303 303 303 303: events:photo_take_down
302 405 405 405 405 405 405 405 405: events:certificate_pdf events:my_certificates events:certificates events:certificates_all
302 405 405 405 405 405 405 405 405: events:images
302 403 403 403 403 403 403 409 403: events:evaluation
302 403 403 403 422 403 422 422 403: events:certificate_edit events:certificate_revoke events:photos_add events:photo_edit
302 403 403 403 409 403 409 409 403: events:event_discard events:poster_set
302 403 403 403 303 403 303 303 403: events:certificates_issue events:certificate_restore events:evaluation_suggest
302 403 403 403 303 403 303 303 403: events:evaluation_close
302 403 403 403 303 403 303 303 403: events:photo_show events:photo_remove events:poster_remove
# day
302 405 405 405 405 405 405 405 405: events:check_in events:on_the_day events:check_in_ticket
405 405 405 405 405 405 405 405 405: events:check_in_list events:check_in_worker
302 403 403 403 422 403 422 422 403: events:check_in_one
302 403 403 403 200 403 200 200 403: events:presence_list
302 403 403 403 409 403 409 409 403: events:head_counts
302 403 403 403 303 403 303 303 403: events:check_in_undo events:doorkeeper_add events:doorkeeper_remove
302 303 303 303 303 303 303 303 303: events:was_there events:was_there_undo
401 403 403 403 400 403 400 400 403: events:check_in_record
# agenda and stands
405 405 405 405 405 405 405 405 405: events:agenda events:session_detail events:stands
302 405 405 405 405 405 405 405 405: events:agenda_desk events:stand_desk
302 303 303 303 303 303 303 303 303: events:session_mark events:session_unmark
302 403 403 403 409 403 409 409 403: events:place_add events:place_edit events:stand_edit
302 403 403 403 422 403 422 422 403: events:session_add events:session_edit events:voice_add
302 403 403 403 422 403 422 422 403: events:session_document_add events:stand_add events:stand_document_add
302 403 403 403 303 403 303 303 403: events:session_remove events:voice_remove events:place_remove events:session_document_remove
302 403 403 403 303 403 303 303 403: events:stand_remove events:stand_document_remove standards:session_clause_remove
302 403 403 403 422 403 422 422 403: standards:session_clauses
# drafting
302 405 405 405 405 405 405 405 405: standards:translations standards:drafting_saved
302 403 403 403 409 403 409 409 409: standards:drafting_tree
302 403 403 403 422 403 422 422 422: standards:drafting_add standards:drafting_clause standards:translation standards:drafting_move
302 403 403 403 422 403 422 422 422: standards:drafting_split standards:drafting_merge standards:drafting_retire
302 403 403 403 303 403 303 303 303: standards:drafting_restore standards:drafting_take_again
# versions
405 405 405 405 405 405 405 405 405: standards:version_list standards:version_record standards:redline standards:clause_history
405 405 405 405 405 405 405 405 405: standards:redline_choose standards:version_text
302 403 403 403 422 403 422 422 403: standards:workspace_versions
302 403 403 403 303 403 303 303 403: standards:workspace_version standards:version_close standards:version_show
302 403 403 403 422 403 422 422 403: standards:erratum_add
302 403 403 403 409 403 409 409 409: standards:workspace_carry
302 403 403 403 303 403 303 303 303: standards:carry_all
302 403 403 403 422 403 422 422 422: standards:change_edit
405 405 405 405 405 405 405 405 405: standards:downloads standards:download standards:consultation_kit
302 405 405 405 405 405 405 405 405: standards:form_file
302 403 422 422 403 403 403 422 422: standards:commenting_form
302 403 403 403 422 403 422 403 403: standards:form_on_behalf
302 303 303 303 303 303 303 303 303: standards:form_look
302 405 405 405 405 405 405 405 405: members:application members:organisation_people notifications:inbox standards:my_comments
302 405 405 405 405 405 405 405 405: portal:desk
# process
405 405 405 405 405 405 405 405 405: standards:process standards:terms
302 405 405 405 405 405 405 405 405: standards:work_rounds
302 403 403 403 409 403 409 409 403: standards:work_terms standards:work_round_announce
302 403 403 403 422 403 422 422 403: standards:work_move standards:work_round_plan standards:work_round standards:work_round_waive
302 403 403 403 303 403 303 303 403: standards:work_committee standards:work_terms_publish
# --- reports: the end of a round
405 405 405 405 405 405 405 405 405: standards:rounds standards:synopsis standards:synopsis_comments
405 405 405 405 405 405 405 405 405: standards:synopsis_pdf standards:synopsis_xlsx standards:record
302 405 405 405 405 405 405 405 405: standards:letter standards:reports
302 403 403 403 422 403 422 422 422: standards:synopsis_write standards:synopsis_paragraph
302 403 403 403 409 403 409 409 403: standards:synopsis_publish
302 403 403 403 303 403 303 303 303: standards:synopsis_draft
# --- the token of a mail is the permission
200 200 200 200 200 200 200 200 200: unsubscribe unsubscribe_from preferences_by_token [*]u/<str:token>*
# --- for an account
302 200 200 200 200 200 200 200 200: members:apply members:language notifications:preferences
302 303 200 200 303 303 303 200 200: members:my_profile
302 303 303 303 303 303 303 303 303: notifications:mark_read notifications:unfollow
302 404 404 404 404 404 404 404 404: notifications:follow notifications:mute
302 303 404 404 404 404 404 404 404: members:withdraw_application
# --- for members
302 404 200 200 403 404 200 200 200: members:contact
302 403 200 200 403 403 200 200 200: members:contact_organisation
302 403 422 422 403 403 403 422 422: standards:clause_comment standards:comment_reply
302 403 303 403 403 403 403 303 303: standards:comment_support
# --- for whoever speaks for the organisation, and for the author of the comment
302 403 403 200 200 403 200 403 403: members:my_organisation
302 404 403 303 303 404 303 403 403: members:confirm_affiliation members:grant_speaking members:withdraw_speaking members:end_affiliation
302 403 403 200 403 403 403 403 403: standards:comment_identity
302 403 403 303 403 403 403 403 403: standards:comment_withdraw
# --- answers
405 405 405 405 405 405 405 405 405: standards:round_map
302 405 405 405 405 405 405 405 405: standards:answer_queue
302 403 403 403 422 403 422 422 422: standards:answer_write standards:answer_again standards:answer_group standards:answer_link
302 403 403 403 422 403 422 422 422: standards:answer_templates standards:answer_template
302 403 403 403 303 403 303 303 303: standards:answers_act standards:answer_group_dissolve standards:answer_template_delete
302 403 403 403 409 403 409 409 409: standards:answer_note standards:answer_return
302 403 403 404 403 403 403 403 403: standards:answer_object
"""
