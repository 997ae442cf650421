"""What an approved moderation does. Wagtail reads this module while its own models are being made, so nothing is imported here."""


def publish_approved(workflow_state, user=None):
    """Publish in all languages (WAGTAIL_FINISH_WORKFLOW_ACTION). Raises Refused, and then nothing was approved."""
    from wagtail.models import Page

    from .publishing_doors import publish_revision

    instance = workflow_state.content_object
    publish_revision(instance.specific if isinstance(instance, Page) else instance, user=user)
