"""The doors to course care: addresses, and buttons beside those of Wagtail's on the page of a course."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from courses.models import ActivityPage, CoursePage
from courses.permissions import can_care

from . import care_views, copy_views, opening_views, retire_views


@hooks.register("register_admin_urls")
def care_urls():
    own = [
        path("<uuid:course_key>/", care_views.course, name="course"),
        path("<uuid:course_key>/release/", care_views.release, name="release"),
        path("retire/<uuid:activity_key>/", retire_views.retire_activity, name="retire"),
        path("<uuid:course_key>/opening/", opening_views.opening, name="opening"),
        path("<uuid:course_key>/groups/new/", opening_views.group, name="new_group"),
        path("<uuid:course_key>/groups/<uuid:group_uuid>/", opening_views.group, name="group"),
        path("<uuid:course_key>/copy/", copy_views.copy, name="copy"),
        path("<uuid:course_key>/copy/<uuid:result_id>/", copy_views.copying, name="copying"),
    ]
    return [path("course-care/", include((own, "tiltas_studio_care")))]


@hooks.register("register_page_header_buttons")
def care_in_the_header(page, user, view_name, next_url=None):
    yield from care_buttons(page, user)


@hooks.register("register_page_listing_more_buttons")
def care_in_lists(page, user, next_url=None):
    yield from care_buttons(page, user)


def care_buttons(page, user):
    """Course care at the page of a course, retiring at that of a lesson or quiz, in whichever language; for who may."""
    kind = page.specific_class or type(page)
    if not issubclass(kind, CoursePage | ActivityPage) or not can_care(user, page):
        return
    if issubclass(kind, CoursePage):
        address = reverse("tiltas_studio_care:course", args=[page.translation_key])
        yield Button(_("Course care"), address, icon_name="calendar-check", priority=12)
        return
    address = reverse("tiltas_studio_care:retire", args=[page.translation_key])
    yield Button(_("Retire…"), address, icon_name="history", priority=55)
