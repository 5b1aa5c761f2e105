from django.http import HttpResponse


def _soon(request, **kwargs):
    return HttpResponse("")


(
    directory,
    people,
    to_directory,
    person_detail,
    contact_person,
    organisation_detail,
    my_organisation,
    organisation_people,
    contact_organisation,
    confirm_affiliation,
    grant_speaking,
    withdraw_speaking,
    end_affiliation,
    group_list,
    group_detail,
    apply,
    application,
    withdraw,
    my_profile,
    language,
) = [_soon] * 20
