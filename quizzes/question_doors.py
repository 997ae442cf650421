"""The doors of the editor's pages to questions: each leads to a service of `leaving.py`, or is shut with the sentence that says why."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Locale

from .leaving import FollowsItsSource, refuse_translations, unpublish_question
from .models import Question


def _list():
    return redirect(Question.snippet_viewset.get_url_name("list"))


def refuse_alone(request, questions):
    """The answer where a translation is chosen without its source; None where all may go."""
    try:
        refuse_translations(questions)
    except FollowsItsSource as refusal:
        return _told(request, refusal)
    return None


def _told(request, refusal):
    address = reverse(Question.snippet_viewset.get_url_name("edit"), args=[refusal.source.pk])
    messages.error(request, str(refusal), buttons=[messages.button(address, refusal.source.title)])
    return _list()


def unpublish(request, instance):
    if not isinstance(instance, Question):
        return None
    try:
        unpublish_question(question_id=instance.pk, user=request.user)
    except FollowsItsSource as refusal:
        return _told(request, refusal)
    messages.success(request, _("“%(title)s” is unpublished, in all languages.") % {"title": instance.title})
    for fn in hooks.get_hooks("after_unpublish"):
        result = fn(request, instance)
        if hasattr(result, "status_code"):
            return result
    return _list()


def create(request, model):
    """A question is written in the source language and copied there; another language comes by translating it."""
    if model is not Question:
        return None
    match = request.resolver_match
    if match.url_name == "copy":
        return refuse_alone(request, list(Question.objects.filter(pk=match.kwargs["pk"])))
    source = Locale.get_default()
    if request.GET.get("locale", source.language_code) == source.language_code:
        return None
    messages.error(
        request,
        _("A question is written in the language %(language)s first. Write and publish it there, then translate it.")
        % {"language": source},
    )
    return _list()
