from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages

from .models import Learner


@hooks.register("before_delete_user")
def refuse_to_delete_learners(request, user):
    """Deleting the account alone would leave a name behind and cut the person off: erasing does it properly."""
    if not Learner.objects.filter(user=user).exists():
        return None
    messages.error(
        request,
        _(
            "“%(user)s” is a learner, so the account can't be deleted here. Switch it off, or erase the learner on request."
        )
        % {"user": user},
    )
    return redirect("wagtailusers_users:index")


@hooks.register("before_bulk_action")
def refuse_to_delete_learners_in_bulk(request, action_type, objects, action_class_instance):
    if action_type != "delete" or not objects:
        return None
    model = type(objects[0])
    if model is not Learner._meta.get_field("user").related_model:
        return None
    for user in objects:
        refusal = refuse_to_delete_learners(request, user)
        if refusal is not None:
            return refusal
    return None
