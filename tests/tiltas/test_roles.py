"""Trainers, translators and administrators are groups that `sync_groups` keeps."""

from io import StringIO

from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Page

from tests.factories import UserFactory
from tests.factories.translations import put_into_english
from tiltas.roles import (
    ADMINISTRATOR,
    FILE_PERMISSIONS,
    PAGE_PERMISSIONS,
    PERMISSIONS,
    TRAINER,
    TRANSLATOR,
    sync_groups,
)


def kept():
    """Everything that the groups may do, row by row."""
    return (
        sorted(Group.objects.values_list("pk", "name")),
        sorted(Group.permissions.through.objects.values_list("pk", "group", "permission")),
        sorted(GroupPagePermission.objects.values_list("pk", "group", "page", "permission")),
        sorted(GroupCollectionPermission.objects.values_list("pk", "group", "collection", "permission")),
        sorted(GroupApprovalTask.groups.through.objects.values_list("pk", "groupapprovaltask", "group")),
    )


def may(group):
    return {
        f"{permission.content_type.app_label}.{permission.codename}"
        for permission in Group.objects.get(name=group).permissions.select_related("content_type")
    }


def test_each_group_may_do_what_the_project_says_and_no_more(site):
    Group.objects.all().delete()

    sync_groups()

    assert {name: may(name) for name in PERMISSIONS} == {name: set(wanted) for name, wanted in PERMISSIONS.items()}
    for name, wanted in PAGE_PERMISSIONS.items():
        rows = GroupPagePermission.objects.filter(group__name=name)
        assert sorted(rows.values_list("permission__codename", flat=True)) == sorted(wanted)
    files = GroupCollectionPermission.objects.filter(group__name=TRAINER)
    assert files.count() == len(FILE_PERMISSIONS)


def test_running_it_again_changes_nothing(site):
    sync_groups()
    before = kept()

    sync_groups()

    assert kept() == before


def test_the_command_says_which_groups_are_in_step(site):
    said = StringIO()

    call_command("sync_groups", stdout=said)

    assert said.getvalue() == f"In step: {TRAINER}, {TRANSLATOR}, {ADMINISTRATOR}.\n"


def test_what_somebody_took_away_comes_back_and_what_they_added_stays(site):
    sync_groups()
    group = Group.objects.get(name=TRAINER)
    added = Permission.objects.get(codename="add_redirect")
    group.permissions.remove(Permission.objects.get(codename="publish_question"))
    group.permissions.add(added)

    sync_groups()

    assert may(TRAINER) == {*PERMISSIONS[TRAINER], "wagtailredirects.add_redirect"}


def test_who_may_publish_approves_what_translators_send_to_moderation(site):
    sync_groups()
    translator, trainer = UserFactory(), UserFactory()
    translator.groups.add(Group.objects.get(name=TRANSLATOR))
    trainer.groups.add(Group.objects.get(name=TRAINER))
    page = Page.objects.get(slug="kursai").specific
    page.save_revision(user=translator)
    put_into_english(page)

    state = page.get_workflow().start(page, translator)

    assert state.workflow.name == "Lektorių patvirtinimas"
    task = state.current_task_state.task.specific
    assert [task.user_can_access_editor(page, user) for user in (trainer, translator)] == [True, False]
    state.current_task_state.approve(user=trainer)
    state.refresh_from_db()
    assert state.status == state.STATUS_APPROVED


def test_only_the_office_touches_institutions_certificates_statistics_and_accounts(site):
    sync_groups()
    office = ("tiltas_institutions.", "tiltas_certificates.", "tiltas_reports.", "tiltas_accounts.")

    assert [name for name in PERMISSIONS if any(each.startswith(office) for each in may(name))] == [ADMINISTRATOR]


def test_an_administrator_is_no_superuser_and_changes_no_groups(site):
    sync_groups()
    user = UserFactory()
    user.groups.add(Group.objects.get(name=ADMINISTRATOR))

    assert (user.is_superuser, user.has_perm("tiltas_reports.view_exportlog")) == (False, True)
    assert [name for name in user.get_all_permissions() if name.startswith("auth.")] == []
    assert user.has_perm("tiltas_accounts.delete_user") is False


def test_nobody_adds_to_the_register_of_certificates_or_deletes_from_it(site):
    sync_groups()

    assert {each for name in PERMISSIONS for each in may(name) if each.endswith("_certificate")} == {
        "tiltas_certificates.view_certificate",
        "tiltas_certificates.change_certificate",
    }
