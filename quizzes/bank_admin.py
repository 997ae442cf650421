"""The bank in the editor's pages: the list of questions with their filters, and what is asked before one is deleted."""

import django_filters
from django import forms
from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.models import Locale
from wagtail.snippets.views.snippets import IndexView

from courses.searching import matches

from .modules import labelled_modules
from .questions import Question
from .registry import question_kinds
from .tagging import tags_from
from .uses import quizzes_asking, uses_of
from .versions import QuestionVersion


def _module_choices():
    return [(module.pk, f"{name} · {module.title}") for module, name in labelled_modules()]


def _tag_choices():
    written = Question.objects.exclude(tags="").order_by().values_list("tags", flat=True).distinct()
    return [(tag, tag) for tag in sorted({tag for tags in written for tag in tags_from(tags)})]


class QuestionFilterSet(WagtailFilterSet):
    """The bank holds source-language questions: no filter by language."""

    module = django_filters.ChoiceFilter(
        label=gettext_lazy("Module"), choices=_module_choices, empty_label=gettext_lazy("All"), widget=forms.Select
    )
    tag = django_filters.ChoiceFilter(
        label=gettext_lazy("Tag"),
        choices=_tag_choices,
        method="with_tag",
        empty_label=gettext_lazy("All"),
        widget=forms.Select,
    )
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Kind"), choices=question_kinds, empty_label=gettext_lazy("All"), widget=forms.Select
    )
    used = django_filters.ChoiceFilter(
        label=gettext_lazy("Use"),
        choices=[("nowhere", gettext_lazy("Used in no test"))],
        method="by_use",
        empty_label=gettext_lazy("All"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Question
        fields = ["module", "tag", "kind", "used"]

    def _add_locale_filter(self):
        pass

    def with_tag(self, queryset, name, value):
        return queryset.annotate(said=Concat(Value(", "), "tags", Value(","))).filter(said__contains=f", {value},")

    def by_use(self, queryset, name, value):
        quizzes = quizzes_asking()
        chosen = {pk for quiz in quizzes for pk in quiz.chosen}
        unused = queryset.exclude(pk__in=chosen).select_related("module")
        drawn = [question.pk for question in unused if any(quiz.may_draw(question) for quiz in quizzes)]
        return unused.exclude(pk__in=drawn)


def _module(question):
    """K1.2: short, for the list is narrow; the filter and the editor have the whole title."""
    return question.module_name


def _uses(question):
    rows = [(quiz.name, "") for quiz in question.uses.chosen]
    rows += [(quiz.name, _("(by draw)")) for quiz in question.uses.drawn]
    return format_html_join("", '<div class="tiltas-use">{} {}</div>', rows) or _("nowhere")


class QuestionIndexView(IndexView):
    """Source-language rows; where they are used is found for the rows of the screen together."""

    def get_base_queryset(self):
        newest = QuestionVersion.objects.filter(key=OuterRef("translation_key")).order_by("-number")
        questions = super().get_base_queryset().filter(locale=self.locale)
        return questions.select_related("module").annotate(newest=Subquery(newest.values("number")[:1]))

    def search_queryset(self, queryset):
        """As the catalogue searches: capitals, diacritics and endings make no difference."""
        if not self.is_searching:
            return queryset
        rows = queryset.values_list("pk", "title", "prompt", "tags")
        return queryset.filter(pk__in=[pk for pk, *texts in rows if matches(self.search_query, *texts)])

    def get_table(self, object_list):
        questions = list(object_list)
        names = {module.pk: name for module, name in labelled_modules()}
        uses, translated = uses_of(questions), _translated(questions)
        for question in questions:
            question.uses = uses[question.pk]
            question.is_translated = question.translation_key in translated
            question.module_name = names.get(question.module_id, "")
        return super().get_table(questions)

    def get_list_buttons(self, instance):
        """Wagtail's own: the hook for more of them is wagtail-localize's, which asks the database four times about each row."""
        return generic.IndexView.get_list_buttons(self, instance)

    def get_list_more_buttons(self, instance):
        buttons = super().get_list_more_buttons(instance)
        if not instance.is_translated and self.request.user.has_perm("wagtail_localize.submit_translation"):
            address = reverse(
                "wagtail_localize:submit_snippet_translation",
                args=[Question._meta.app_label, Question._meta.model_name, instance.pk],
            )
            buttons.append(MenuItem(_("Translate"), url=address, icon_name="wagtail-localize-language", priority=100))
        return buttons


def _translated(questions):
    """Translation keys of those of these questions that stand in every language. Two queries."""
    rows = Question.objects.filter(translation_key__in=[question.translation_key for question in questions])
    counted = rows.values("translation_key").annotate(languages=Count("pk"))
    return set(counted.filter(languages=Locale.objects.count()).values_list("translation_key", flat=True))


LIST_DISPLAY = [
    "title",
    "kind",
    Column("module", label=gettext_lazy("Module"), accessor=_module, sort_key="module"),
    "tags",
    Column("uses", label=gettext_lazy("Where used"), accessor=_uses),
    Column("newest", label=gettext_lazy("Version"), accessor=lambda question: question.newest or "–"),
]


def refusal_to_delete(instances):
    """The sentence that says why one of these stays: the first question that a test chooses. None where all may go."""
    questions = [each for each in instances if isinstance(each, Question)]
    quizzes = quizzes_asking() if questions else []
    for question in questions:
        names = [quiz.name for quiz in quizzes if question.pk in quiz.chosen]
        if names:
            return _(
                "“%(question)s” stays, for these tests ask it: %(quizzes)s. Take it out of them and publish them first."
            ) % {"question": question, "quizzes": "; ".join(names)}
    return None
