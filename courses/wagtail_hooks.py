from wagtail import hooks

from . import doors
from .door_views import OneTreeViewSet, PagesWithoutActions
from .tree_rules import in_one_tree

hooks.register("before_move_page", doors.move)
hooks.register("before_delete_page", doors.delete)
hooks.register("before_unpublish_page", doors.unpublish)
hooks.register("before_copy_page", doors.copy)
hooks.register("before_create_page", doors.create)
hooks.register("before_convert_alias_page", doors.refuse_translation)
hooks.register("before_bulk_action", doors.in_bulk)
hooks.register("register_admin_viewset", OneTreeViewSet)


@hooks.register("construct_admin_api")
def leave_actions_out(router):
    router.register_endpoint("pages", PagesWithoutActions)


@hooks.register("construct_translated_pages_to_cascade_actions")
def name_what_follows(pages, action):
    """Only for the question before moving: Wagtail's words for the translations that go along. Doing it is `tree`'s."""
    return {page: list(page.get_translations()) for page in pages if in_one_tree(page)} if action == "move" else {}
