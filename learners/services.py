"""What is done with learners."""

from django.conf import settings
from django.db import IntegrityError, transaction

from .models import Learner
from .registry import erase_in_each_room, why_name_stays


class NameStays(Exception):
    """The name can't be changed any more; the message says why and what to do."""


def learner_of(user):
    """Return the Learner of this user, made at the first need. Calling it again changes nothing."""
    try:
        return Learner.objects.get(user=user)
    except Learner.DoesNotExist:
        pass
    try:
        with transaction.atomic():
            return Learner.objects.create(user=user)
    except IntegrityError:  # another request was first
        return Learner.objects.get(user=user)


@transaction.atomic
def name_learner(*, learner_id, given_names, surname, language=None):
    """
    Write the learner's name as it should stand on certificates, and the language of mails where one is named.

    Raises NameStays once a certificate bears the name; the name that stands there already is no change.
    """
    learner = Learner.objects.select_for_update(no_key=True).filter(pk=learner_id, erased_at__isnull=True).first()
    if learner is None:
        return
    name = given_names.strip(), surname.strip()
    if name != (learner.given_names, learner.surname) and (sentence := why_name_stays(learner)):
        raise NameStays(sentence)
    learner.given_names, learner.surname = name
    learner.language = language or learner.language
    learner.save(update_fields=["given_names", "surname", "language"])


def correct_name(*, learner_id, given_names, surname):
    """Write the right name together with the certificate that is issued anew: other certificates keep what they say."""
    Learner.objects.filter(pk=learner_id, erased_at__isnull=True).update(
        given_names=given_names.strip(), surname=surname.strip()
    )


def choose_language(*, learner_id, language):
    """Write the language in which the learner gets mails."""
    Learner.objects.filter(pk=learner_id, erased_at__isnull=True).update(language=language)


@transaction.atomic
def erase_learner(*, learner_id, at):
    """
    Delete the account and blank the person; what was learned stays as a count. Calling it again changes nothing.

    Each room erases its own part in the same transaction (`learner_rules.py`).
    """
    learner = Learner.objects.select_for_update().get(pk=learner_id)
    if learner.erased_at:
        return
    erase_in_each_room(learner_id=learner_id, at=at)
    user = learner.user
    learner.user = None
    learner.given_names = learner.surname = ""
    learner.language = settings.LANGUAGE_CODE
    learner.erased_at = at
    learner.save()
    if user is not None:
        user.delete()
