"""
Texts of Wagtail's moderation: its mails, what a page in moderation says of itself, and what is asked before a page leaves.

As in `borrowed.py` nothing here runs: xgettext reads it.
"""


def wagtail_moderation(_, ngettext):
    _('%(editor)s has updated comments on "%(title)s"')
    _("%(field_label)s:")
    _("Approved by %(approved_by)s")
    _("Cancelled by %(cancelled_by)s")
    _("Changes requested")
    _("Changes requested at")
    _("Changes requested by %(requested_by)s")
    _("Invalid schedule")
    _("Publishing this page will cancel the current workflow.")
    _("Request changes")
    _("Select all pages in listing")
    _("Skipped")
    _("Sorry, you cannot create a page at this location.")
    _('The %(model_name)s "%(title)s" has been approved in "%(task)s".')
    _('The %(model_name)s "%(title)s" has been approved in "%(workflow)s".')
    _('The %(model_name)s "%(title)s" has been approved in moderation stage "%(task)s".')
    _('The %(model_name)s "%(title)s" has been approved in workflow "%(workflow)s".')
    _('The %(model_name)s "%(title)s" has been rejected during "%(task)s" in workflow "%(workflow)s" by %(rejector)s.')
    _('The %(model_name)s "%(title)s" has been rejected during "%(task)s" in workflow "%(workflow)s".')
    _('The %(model_name)s "%(title)s" has been rejected during "%(task)s".')
    _('The %(model_name)s "%(title)s" has been rejected during "%(workflow)s".')
    _('The %(model_name)s "%(title)s" has been rejected in moderation stage "%(task)s".')
    _('The %(model_name)s "%(title)s" has been submitted for approval in moderation stage "%(task)s"')
    _('The %(model_name)s "%(title)s" has been submitted for approval in moderation stage "%(task)s".')
    _('The %(model_name)s "%(title)s" has been submitted for approval to moderation stage "%(task)s".')
    _('The %(model_name)s "%(title)s" has been submitted for moderation to workflow "%(workflow)s" by %(requester)s.')
    _('The %(model_name)s "%(title)s" has been submitted for moderation to workflow "%(workflow)s".')
    _('The %(model_name)s "%(title)s" has been submitted to workflow "%(workflow)s"')
    _('The following comment was left: "%(comment)s"')
    _('The page "%(title)s" has been approved in "%(task)s".')
    _('The page "%(title)s" has been approved in "%(workflow)s".')
    _('The page "%(title)s" has been approved in moderation stage "%(task)s".')
    _('The page "%(title)s" has been approved in workflow "%(workflow)s".')
    _('The page "%(title)s" has been rejected during "%(task)s" in workflow "%(workflow)s" by %(rejector)s.')
    _('The page "%(title)s" has been rejected during "%(task)s" in workflow "%(workflow)s".')
    _('The page "%(title)s" has been rejected during "%(task)s".')
    _('The page "%(title)s" has been rejected during "%(workflow)s".')
    _('The page "%(title)s" has been rejected in moderation stage "%(task)s".')
    _('The page "%(title)s" has been submitted for approval in moderation stage "%(task)s"')
    _('The page "%(title)s" has been submitted for approval in moderation stage "%(task)s".')
    _('The page "%(title)s" has been submitted for approval to moderation stage "%(task)s".')
    _('The page "%(title)s" has been submitted for moderation to workflow "%(workflow)s" by %(requester)s.')
    _('The page "%(title)s" has been submitted for moderation to workflow "%(workflow)s".')
    _('The page "%(title)s" has been submitted to workflow "%(workflow)s"')
    _("The page '%(page_title)s' is not currently awaiting moderation in task '%(task_name)s'.")
    _("This page hasn't been submitted for moderation yet")
    _("This page is currently at <strong>%(task)s</strong> in <strong>%(workflow)s</strong>.")
    _("This page was marked as needing changes at <strong>%(task)s</strong> in <strong>%(workflow)s</strong>.")
    _("Workflow on page '%(page_title)s' has been cancelled.")
    _("Workflow on page '%(page_title)s' has been restarted.")
    _("You can edit the %(model_name)s here:")
    _("You can preview the %(model_name)s here:")
    _("with comment:")
    ngettext(
        "Deleting this page will also delete %(descendant_count)s child page.",
        "Deleting this page will also delete %(descendant_count)s more child pages.",
        2,
    )
    ngettext(
        "It will also delete %(translation_count)s translation.",
        "It will also delete %(translation_count)s translations.",
        2,
    )
    ngettext(
        "This page has one subpage. Unpublish this too",
        "This page has %(live_descendant_count)s subpages. Unpublish these too",
        2,
    )
    ngettext(
        "This will also move one translation of this page and its child pages",
        "This will also move %(translations_to_move_count)s translations of this page and their child pages",
        2,
    )
    ngettext(
        "This will also unpublish one translation of the page.",
        "This will also unpublish all %(translation_count)s translations of the page.",
        2,
    )
