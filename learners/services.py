"""What is done with learners."""

from django.db import IntegrityError, transaction

from .models import Learner


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


def name_learner(*, learner_id, given_names, surname, language):
    """Write the learner's name as it should stand on certificates, and the language of mails."""
    Learner.objects.filter(pk=learner_id, erased_at__isnull=True).update(
        given_names=given_names.strip(), surname=surname.strip(), language=language
    )


@transaction.atomic
def erase_learner(*, learner_id, at):
    """Delete the account and blank the person; what was learned stays as a count. Calling it again changes nothing."""
    learner = Learner.objects.select_for_update().get(pk=learner_id)
    if learner.erased_at:
        return
    user = learner.user
    learner.user = None
    learner.given_names = learner.surname = ""
    learner.erased_at = at
    learner.save()
    if user is not None:
        user.delete()
