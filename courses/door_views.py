"""Wagtail's views of pages where no hook asks: putting in order, the question before unpublishing, the form of copying."""

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.move import MoveChooseDestinationView
from wagtail.admin.views.pages.ordering import SetPagePositionView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.admin.viewsets.pages import PageViewSet, page_viewset_registry
from wagtail.models import Page

from . import tree
from .consequences import sentence_on_the_pages_below, sentence_on_unpublishing
from .doors import refuse_translation, tell
from .tree_rules import LOCKED_OUT, NotTheSource, TreeRefused, in_one_tree, source_page


class PositionView(SetPagePositionView):
    def post(self, request, page_to_move_id, *args, **kwargs):
        """One place in all languages. A translation's own is refused; the sentence stands on the next screen."""
        page = Page.objects.get(pk=page_to_move_id)
        if not page.get_parent().permissions_for_user(request.user).can_reorder_children():
            return super().post(request, page_to_move_id, *args, **kwargs)  # says no
        position = request.GET.get("position", "")
        try:
            tree.reorder_page(
                page_id=page.pk,
                position=int(position) if position.isdecimal() else page.get_siblings().count(),
                user=request.user,
            )
        except TreeRefused as refusal:
            tell(request, refusal)
            return HttpResponse(str(refusal), status=409)
        return HttpResponse("")


class ListingView(ExplorableIndexView):
    """Pages below a translation stand in the order of their sources: nothing to drag, and the sentence says where."""

    def get_reorder_url(self):
        return None if source_page(self.parent_page) else super().get_reorder_url()

    def get(self, request, parent_page_id=None):
        response = super().get(request, parent_page_id)
        if request.GET.get("ordering") == "ord" and not self.results_only:
            source = source_page(self.parent_page)
            if source is not None:
                tell(request, NotTheSource(source))
        return response


class UnpublishOursView(UnpublishView):
    template_name = "tiltas_courses/admin/confirm_unpublish.html"

    def dispatch(self, request, *args, **kwargs):
        return refuse_translation(request, self.object) or super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "translation_count": self.object.get_translations().filter(live=True).count(),
            "consequence": sentence_on_unpublishing(self.object, include_descendants=False),
            "consequence_below": sentence_on_the_pages_below(self.object) if self.object.numchild else "",
        }


class ChooseDestinationView(MoveChooseDestinationView):
    def dispatch(self, request, *args, **kwargs):
        return refuse_translation(request, self.page_to_move) or super().dispatch(request, *args, **kwargs)


class OnePageCopyForm(CopyForm):
    """One page becomes one draft: no alias, which would be a second lesson with the first one's text, and nothing goes live."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("copy_subpages", "publish_copies", "alias"):
            self.fields.pop(name, None)

    def clean_new_parent_page(self):
        """The pages of another language are built from ours, never copied there."""
        parent = self.cleaned_data["new_parent_page"]
        if not parent.is_root() and parent.locale_id != self.page.locale_id:
            raise ValidationError(
                _("“%(parent)s” is in another language. Choose a page in the language %(language)s.")
                % {"parent": parent.title, "language": self.page.locale}
            )
        return parent


class CopyOursView(CopyView):
    def get_form_class(self):
        return OnePageCopyForm


class OneTreeViewSet(PageViewSet):
    """Wagtail's own for all pages, with these views for the kinds that belong to the one tree and for the lists below them."""

    set_page_position_view_class = PositionView
    index_view_class = ListingView
    unpublish_view_class = UnpublishOursView
    move_view_class = ChooseDestinationView
    copy_view_class = CopyOursView

    def on_register(self):
        for model in apps.get_models():
            if issubclass(model, Page) and getattr(model, "languages_follow", False):
                page_viewset_registry.register(model, self, parent_models=[model])


class PagesWithoutActions(PagesAdminAPIViewSet):
    """Wagtail's internal API of the editor's pages: reading as before; what would change a page of ours goes by its screens."""

    def action_view(self, request, pk, action_name):
        if in_one_tree(self.get_object()):
            raise PermissionDenied(LOCKED_OUT)
        return super().action_view(request, pk, action_name)
