"""The translator's editor, the first screen, page checks: what the workshop adds to the editor's pages."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import include, path
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.models import Page

from . import gate_hooks  # noqa: F401
from .desk import CoursesPanel, TranslationsPanel
from .doors import tell
from .gate import Refused, publish_other_language
from .moderation import NotSubmitted, submit_for_moderation
from .page_checks import check_page
from .permissions import can_publish_translation, can_submit_translation
from .translations import NotTranslated, source_of
from .views import preview_translation


@hooks.register("before_edit_page", order=-1)
@hooks.register("before_edit_snippet", order=-1)
def finish_a_translation(request, instance):
    """
    Take over the POST that wagtail-localize would answer with `save_target`: an English page is built and published whole,
    or not at all. Who may not publish submits it for moderation.
    """
    action = request.POST.get("action")
    if request.method != "POST" or action not in {"publish", "submit"} or source_of(instance) is None:
        return None
    if action == "publish":
        _publish(request, instance)
    else:
        _submit_for_moderation(request, instance)
    return redirect(request.get_full_path())


def _publish(request, instance):
    if not can_publish_translation(request.user, instance):
        raise PermissionDenied
    try:
        publish_other_language(instance=instance, user=request.user)
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(request, _("Published: %(title)s.") % {"title": _title(instance)})


def _submit_for_moderation(request, instance):
    if not can_submit_translation(request.user, instance):
        raise PermissionDenied
    try:
        submit_for_moderation(instance, user=request.user)
    except (NotTranslated, NotSubmitted) as reason:
        messages.error(request, _("Not submitted: %(reason)s") % {"reason": reason})
    else:
        messages.success(
            request,
            _("Submitted for moderation: %(title)s. Readers see it when it is approved.") % {"title": _title(instance)},
        )


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_what_a_reader_would_miss(request, page):
    """Warn after a save; what the editor saves by itself while one types is passed over."""
    findings = check_page(page) if request.accepts("text/html") else []
    if findings:
        messages.warning(
            request,
            format_html(
                "{}<ul>{}</ul>",
                _("Worth another look, so that everybody can read it:"),
                format_html_join("", "<li>{}</li>", ((str(finding),) for finding in findings)),
            ),
        )


class PageChecks(ContentCheckerItem):
    """Wagtail's checks of the preview: of the page's own part alone, and of pictures too."""

    axe_include = ["main"]
    axe_run_only = [*ContentCheckerItem.axe_run_only, "image-alt"]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "image-alt": {
            "error_name": _("The picture has no alternative text"),
            "help_text": _("Say what it shows, or mark it as decorative"),
        },
    }


@hooks.register("construct_wagtail_userbar")
def check_pictures_too(request, items, page):
    items[:] = [PageChecks(item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items]


@hooks.register("construct_homepage_panels")
def show_courses(request, panels):
    panels += [CoursesPanel(), TranslationsPanel()]


@hooks.register("register_admin_urls", order=-1)
def previews_of_translations():
    """Before wagtail-localize's own, whose previews show Lithuanian as if it were a translation."""
    urls = [
        path("<int:translation_id>/preview/", preview_translation),
        path("<int:translation_id>/preview/<str:mode>/", preview_translation),
    ]
    return [path("localize/translate/", include(urls))]


def _title(instance):
    instance.refresh_from_db()
    return instance.title if isinstance(instance, Page) else str(instance)
