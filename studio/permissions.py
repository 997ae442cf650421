"""Who may do what in the workshop: asked by views and admin alike."""

from django.contrib.auth import get_permission_codename
from wagtail.models import Page


def can_publish_translation(user, instance):
    """Whoever may publish the page or question in its own language's editor."""
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_publish()
    meta = instance._meta
    return user.has_perm(f"{meta.app_label}.{get_permission_codename('publish', meta)}")


def can_submit_translation(user, instance):
    """Whoever may change it. Whether somebody is there to moderate it, the service asks."""
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_edit()
    meta = instance._meta
    return user.has_perm(f"{meta.app_label}.{get_permission_codename('change', meta)}")


def may_see_translations(user):
    """How far the translations are, and their files: trainers, translators and administrators."""
    return user.is_authenticated and user.has_perm("wagtail_localize.submit_translation")


def can_copy_course(user, page):
    """Whoever may publish a course beside this one, and questions: those of a copy are published with it."""
    beside = page.get_parent().permissions_for_user(user)
    return (
        beside.can_add_subpage() and beside.can_publish_subpage() and user.has_perm("tiltas_quizzes.publish_question")
    )
