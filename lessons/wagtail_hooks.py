from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .choosing import LessonFileChooserViewSet
from .files import LessonFile
from .forms import LessonFileForm
from .uses import lessons_using


class LessonFileViewSet(SnippetViewSet):
    model = LessonFile
    icon = "doc-full"
    menu_label = _("Lesson files")
    menu_order = 310
    add_to_admin_menu = True
    list_display = [
        "title",
        "type_label",
        Column("size", label=_("Size"), accessor=lambda file: filesizeformat(file.size), sort_key="size"),
        Column("language", label=_("Language"), accessor="language_label", sort_key="language"),
        "created_at",
    ]
    list_filter = ["language"]
    search_fields = ["title", "name"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [FieldPanel("file"), FieldPanel("title"), FieldPanel("language")], base_form_class=LessonFileForm
    )
    chooser_viewset_class = LessonFileChooserViewSet


register_snippet(LessonFileViewSet)


@hooks.register("before_delete_snippet")
def refuse_to_delete_a_file_in_use(request, instances):
    """A lesson would lose what it speaks of. Asked before Wagtail shows its own question, one file or many."""
    for file in instances:
        lessons = lessons_using(file) if isinstance(file, LessonFile) else []
        if lessons:
            messages.error(
                request,
                _(
                    "“%(file)s” stays, for these lessons show it: %(lessons)s. Take it out of them and publish them first."
                )
                % {"file": file, "lessons": "; ".join(_named(lesson) for lesson in lessons)},
            )
            return redirect(LessonFile.snippet_viewset.get_url_name("list"))
    return None


def _named(lesson):
    return gettext("“%(lesson)s” (%(language)s)") % {"lesson": lesson, "language": lesson.locale}
