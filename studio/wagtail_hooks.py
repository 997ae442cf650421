"""The translator's editor, the first screen, page checks: what the workshop adds to the editor's pages."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.models import Page

from . import care_hooks, doors, gate_hooks  # noqa: F401  their hooks are registered as they are read
from .desk import CoursesPanel, TranslationsPanel
from .desks.panels import arrange
from .gate import Refused, publish_other_language
from .moderation import NotSubmitted, submit_for_moderation
from .page_checks import check_page
from .permissions import can_publish_translation, can_submit_translation, may_see_translations
from .publishing_doors import tell
from .term_warnings import warn_of_terms
from .translation_urls import in_place_of_the_engines, translation_urls
from .translations import NotTranslated, source_of


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
        warn_of_terms(request, instance)


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


@hooks.register("construct_homepage_panels", order=100)
def show_what_waits(request, panels):
    """After every room has named its panels."""
    panels[:] = arrange(panels)


@hooks.register("construct_homepage_summary_items", order=100)
def count_nothing(request, items):
    """How many pages and pictures there are helps nobody: the menu leads to them."""
    items.clear()


@hooks.register("register_admin_urls", order=-1)
def answers_in_place_of_the_engines():
    """Before wagtail-localize's own addresses, which stay what its editor asks."""
    return [path("localize/translate/<int:translation_id>/", include(in_place_of_the_engines))]


@hooks.register("register_admin_urls")
def translations_desk():
    return [path("translations/", include((translation_urls, "tiltas_translations")))]


class TranslationsMenuItem(MenuItem):
    def is_shown(self, request):
        return may_see_translations(request.user)


@hooks.register("register_admin_menu_item")
def translations_menu_item():
    return TranslationsMenuItem(
        _("Translations"), reverse("tiltas_translations:index"), icon_name="wagtail-localize-language", order=305
    )


@hooks.register("construct_reports_menu")
def one_truth_about_translations(request, menu_items):
    """wagtail-localize's own report says less, and counts otherwise: ours stands in the menu alone."""
    menu_items[:] = [item for item in menu_items if item.url != reverse("wagtail_localize:translations_report")]


@hooks.register("register_admin_urls", order=-1)
def doors_of_translations():
    """Before wagtail-localize's own: what would cut the languages apart is refused there."""
    return [path("localize/", include(doors.URLS))]


def _title(instance):
    instance.refresh_from_db()
    return instance.title if isinstance(instance, Page) else str(instance)
