"""The admin's own API, which the page chooser reads; it can publish too, and does so through the gate."""

from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.admin.api.actions.publish import PublishPageAPIAction
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.utils import BadRequestError

from courses.door_views import PagesWithoutActions

from .gate import Refused, is_ours, is_source, not_written, publish_source


class GatedPublishAction(PublishPageAPIAction):
    def execute(self, instance, data):
        """All languages go out first; Wagtail's own publishing of the same revision after it changes nothing."""
        page = instance.specific
        if is_ours(page):
            if not page.permissions_for_user(self.request.user).can_publish():
                raise PublishPagePermissionError
            try:
                if not is_source(page):
                    raise not_written(page)
                publish_source(instance=page, user=self.request.user, at=timezone.now(), log_action=False)
            except Refused as refusal:
                raise BadRequestError(str(refusal)) from None
            instance = type(instance).objects.get(pk=instance.pk)
        return super().execute(instance, data)


class GatedPagesViewSet(PagesWithoutActions):
    """Of all actions on a page of ours publishing alone is open, through the gate."""

    actions = PagesAdminAPIViewSet.actions | {"publish": GatedPublishAction}

    def action_view(self, request, pk, action_name):
        if action_name == "publish":
            return PagesAdminAPIViewSet.action_view(self, request, pk, action_name)
        return super().action_view(request, pk, action_name)
