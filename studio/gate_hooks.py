"""Wagtail's hooks that lead publishing through the gate and show authors what is behind. `wagtail_hooks.py` imports them."""

from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from .behind_views import behind
from .gate import is_ours, is_source, languages_behind
from .publishing_doors import address, answer_many, in_one_piece, publish_from_editor, publish_many
from .staleness import annotate_behind, markers, sentence
from .translations import source_of, sync


@hooks.register("before_publish_page")
@hooks.register("before_publish")
def publish_all_languages(request, instance):
    return publish_from_editor(request, instance)


@hooks.register("before_create_page")
def create_and_publish_in_one_piece(request, parent_page, page_class):
    return in_one_piece(request) if page_class is not None and is_ours(page_class()) else None


@hooks.register("before_bulk_action")
def publish_many_pages(request, action_type, objects, action):
    """The pages that were ticked: each goes out in all languages or stays, and each refusal is told."""
    if action_type != "publish" or not objects or not isinstance(objects[0], Page):
        return None
    answer_many(
        request,
        *publish_many(
            request, objects, with_descendants=bool(action.cleaned_form.cleaned_data.get("include_descendants"))
        ),
    )
    return redirect(action.next_url)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def mark_what_is_stale(request, instance):
    """What was saved on purpose is read at once, so that translators and lists see it; what saves itself while one types is not."""
    if request.accepts("text/html") and is_ours(instance) and is_source(instance):
        sync(type(instance).objects.get(pk=instance.pk).get_latest_revision_as_object())


@hooks.register("before_edit_page", order=-2)
@hooks.register("before_edit_snippet", order=-2)
def tell_how_far_the_translation_is(request, instance):
    """In the editor of a source text; a translator finds in the own editor what was saved last."""
    if request.method != "GET" or request.GET.get("_w_hydrate_create_view") or not is_ours(instance):
        return
    if not is_source(instance):
        _bring_up_to_date(instance)
        return
    for locale, segments in languages_behind(instance).items():
        stale = sum(each.is_stale for each in segments)
        messages.warning(
            request,
            sentence(locale.get_display_name(), stale, len(segments) - stale),
            buttons=[messages.button(address(instance), _("See and translate"))],
        )


def _bring_up_to_date(translated):
    source = source_of(translated)
    if source is not None:
        sync(source.get_source_instance().get_latest_revision_as_object())


@hooks.register("construct_explorer_page_queryset")
def count_what_is_behind(parent_page, pages, request):
    return annotate_behind(pages)


@hooks.register("register_page_listing_buttons")
def show_what_is_behind(page, user, next_url=None):
    """A mark in the list of pages: of a source page for each language, of another language's page for that one."""
    for said in markers(page):
        yield Button(said, address(page), classname="tiltas-behind-mark", priority=5)


@hooks.register("insert_global_admin_css")
def mark_style():
    return format_html('<link rel="stylesheet" href="{}">', static("tiltas_studio/marks.css"))


@hooks.register("register_admin_urls", order=-1)
def translating_urls():
    own = [path("<uuid:key>/", behind, name="behind")]
    return [path("translating/", include((own, "tiltas_translating")))]


@hooks.register("construct_admin_api", order=10)  # after that of courses, which closes all actions
def lead_the_admins_api_through_the_gate(router):
    from .admin_api import GatedPagesViewSet

    router.register_endpoint("pages", GatedPagesViewSet)


@hooks.register("register_log_actions")
def log_refusals(actions):
    @actions.register_action("tiltas.publish.refused")
    class RefusedFormatter(LogFormatter):
        label = gettext_lazy("Not published on its day")

        def format_message(self, log_entry):
            return _("Not published on its day: %(reason)s") % {"reason": log_entry.data.get("reason", "")}
