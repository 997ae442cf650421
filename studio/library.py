"""What names of questions and internal links in files stand for in the database."""

import uuid

from wagtail.models import Locale, Page

from quizzes.questions import Question

from . import pictures, uploads
from .models import ContentPicture, ContentUpload
from .values import ValueRefused


class Library:
    """Looks up once and remembers. `names`: key → name of each question that a file or a stamp knows."""

    def __init__(self, names):
        self.names = dict(names)
        self.keys = {name: key for key, name in self.names.items()}
        self.pks = {}
        self.pages = {}
        self.pictures = None  # path → primary key of the image
        self.images = {}  # primary key → image that was named
        self.uploads = None  # path → primary key of the lesson's file
        self.files = {}  # primary key → lesson's file that was named

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

    def picture_pk(self, path):
        """The primary key of the image that this file became. Raises ValueRefused."""
        if path not in self._pictures():
            raise ValueRefused(f"there is no picture “{path}”")
        return self.pictures[path]

    def picture_name(self, image):
        """The path of the image's file; one that no file knows gets a new one."""
        self.images[image.pk] = image
        return next((path for path, pk in self._pictures().items() if pk == image.pk), None) or pictures.new_name(image)

    def _pictures(self):
        if self.pictures is None:
            self.pictures = dict(ContentPicture.objects.values_list("path", "image_id"))
        return self.pictures

    def upload_pk(self, path):
        """The primary key of the lesson's file that this file became. Raises ValueRefused."""
        if path not in self._uploads():
            raise ValueRefused(f"there is no file “{path}”")
        return self.uploads[path]

    def upload_name(self, file):
        """The path of a lesson's file; one that no content file knows gets a new one."""
        self.files[file.pk] = file
        return next((path for path, pk in self._uploads().items() if pk == file.pk), None) or uploads.new_name(file)

    def _uploads(self):
        if self.uploads is None:
            self.uploads = dict(ContentUpload.objects.values_list("path", "file_id"))
        return self.uploads
