"""The roles of the site as Django groups: who may do what in the editor's pages. An administrator is not a superuser."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
)

TRAINER, TRANSLATOR, ADMINISTRATOR = "Trainers", "Translators", "Administrators"
MODERATION = "Lektorių patvirtinimas"  # a name in the database, in the site's first language

_CONTENT = [
    "wagtailadmin.access_admin",
    "tiltas_quizzes.view_question",
    "tiltas_lessons.view_lessonfile",
    "tiltas_lessons.add_lessonfile",  # translators too: captions and sheets in their language
    "wagtail_localize.submit_translation",
]
_AUTHORING = [
    *(f"tiltas_quizzes.{action}_question" for action in ("add", "change", "delete", "publish")),
    *(f"tiltas_lessons.{action}_lessonfile" for action in ("change", "delete")),
    *(f"tiltas_quizzes.{action}_attempt" for action in ("view", "change")),  # numbers without names; ending a quiz
]
_OFFICE = [
    *(
        f"tiltas_institutions.{action}_{model}"
        for model in ("institution", "membership", "joincode", "municipality", "municipalitycoordinator")
        for action in ("view", "add", "change", "delete")
    ),
    "tiltas_institutions.view_institutionrequest",
    "tiltas_institutions.change_institutionrequest",
    "tiltas_certificates.view_certificate",
    "tiltas_certificates.change_certificate",
    *(f"tiltas_certificates.{action}_issuer" for action in ("view", "add", "change", "delete")),
    "tiltas_reports.view_exportlog",
    *(f"tiltas_quizzes.{action}_extratime" for action in ("view", "add", "change", "delete")),
    *(f"tiltas_accounts.{action}_user" for action in ("view", "add", "change")),
]

PERMISSIONS = {
    TRAINER: [*_CONTENT, *_AUTHORING],
    TRANSLATOR: [*_CONTENT, "tiltas_quizzes.change_question"],
    ADMINISTRATOR: [*_CONTENT, *_AUTHORING, *_OFFICE],
}
PAGE_PERMISSIONS = {
    TRAINER: ["add_page", "change_page", "publish_page"],
    TRANSLATOR: ["change_page"],
    ADMINISTRATOR: ["add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"],
}
# Files of lessons are lessons.LessonFile: checked by what they hold, as private as the lesson. Wagtail's own documents are neither.
FILE_PERMISSIONS = ["wagtailimages.add_image", "wagtailimages.choose_image"]


def _permission(name):
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


@transaction.atomic
def sync_groups():
    """Bring the groups to what stands here; permissions that somebody added by hand stay. Running it again changes nothing."""
    root = Page.get_first_root_node()
    collection = Collection.get_first_root_node()
    for name, wanted in PERMISSIONS.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(*(_permission(each) for each in wanted))
        for codename in PAGE_PERMISSIONS[name]:
            permission = _permission(f"wagtailcore.{codename}")
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        for each in FILE_PERMISSIONS:
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=_permission(each)
            )
    _sync_moderation(root)


def _sync_moderation(root):
    """Whoever may publish may approve what others send to moderation, where the site's root has Wagtail's workflow."""
    approvers = [name for name, permissions in PAGE_PERMISSIONS.items() if "publish_page" in permissions]
    for task in GroupApprovalTask.objects.filter(active=True, workflow_tasks__workflow__workflow_pages__page=root):
        task.groups.add(*Group.objects.filter(name__in=approvers))
    for model in (Task, Workflow):  # as Wagtail's migration names them: stored, so no catalogue reaches it
        model.objects.filter(name="Moderators approval").update(name=MODERATION)
