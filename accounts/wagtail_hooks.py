from wagtail import hooks
from wagtail.admin.auth import permission_denied

from .models import User


@hooks.register("before_bulk_action")
def leave_superusers_alone(request, action_type, objects, action_class_instance):
    """Whoever is no superuser neither switches one off nor gives one a role."""
    if request.user.is_superuser or not any(isinstance(each, User) and each.is_superuser for each in objects):
        return None
    return permission_denied(request)
