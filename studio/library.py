"""What names of questions and internal links in files stand for in the database."""

import uuid

from wagtail.models import Locale, Page

from quizzes.questions import Question

from .values import ValueRefused


class Library:
    """Looks up once and remembers. `names`: key → name of each question that a file or a stamp knows."""

    def __init__(self, names):
        self.names = dict(names)
        self.keys = {name: key for key, name in self.names.items()}
        self.pks = {}
        self.pages = {}

    def question_pk(self, name):
        """The primary key of the source-language question of this name. Raises ValueRefused."""
        key = self.keys.get(name)
        if key not in self.pks:
            self.pks = dict(Question.objects.filter(locale=Locale.get_default()).values_list("translation_key", "pk"))
        if key not in self.pks:
            raise ValueRefused(f"there is no question “{name}”")
        return self.pks[key]

    def name_of(self, key):
        """The name of the question; one that no file knows is named by its key."""
        return self.names.get(key, str(key))

    def to_page(self, link):
        """A file's link attributes as the page keeps them: `page:KEY` becomes the id of the source-language page."""
        values = dict(link)
        if values.get("linktype") != "page":
            return link
        try:
            page = Page.objects.get(translation_key=uuid.UUID(values["id"]), locale=Locale.get_default())
        except (ValueError, Page.DoesNotExist):
            raise ValueRefused(f"a link to page:{values['id']}, which does not exist (yet)") from None
        return (("id", str(page.pk)), ("linktype", "page"))

    def to_file(self, link):
        """A page's link attributes as files write them. A link to a page that is gone keeps its number, for the author."""
        values = dict(link)
        if values.get("linktype") != "page" or not values["id"].isdigit():
            return link
        pk = int(values["id"])
        if pk not in self.pages:
            self.pages[pk] = Page.objects.filter(pk=pk).values_list("translation_key", flat=True).first()
        return (("id", str(self.pages[pk] or pk)), ("linktype", "page"))
