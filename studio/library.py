"""What names of questions and internal links in files stand for in the database."""

import uuid

from wagtail.models import Locale, Page

from courses.records import Module
from quizzes.questions import Question
from quizzes.teaching import place

from . import pictures, uploads
from .building import block_id
from .models import ContentPicture, ContentStamp, ContentUpload
from .values import ValueRefused


class Library:
    """
    Looks up once and remembers. `names`: key → name of each question that a file or a stamp knows; `places`: key → (path of its
    files, its anchors by block id) of each page that they know.
    """

    def __init__(self, names, places):
        self.names = dict(names)
        self.places = dict(places)
        self.paths = {path: key for key, (path, _anchors) in self.places.items()}
        self.modules = {}
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

    def key_at(self, path):
        """The key of the page whose files have this path; a page that no file knows is named by its key. Raises ValueRefused."""
        try:
            return self.paths.get(path) or uuid.UUID(path)
        except ValueError:
            raise ValueRefused(f"there is no page “{path}”") from None

    def module_at(self, path):
        """The record of the module whose files have this path. Raises ValueRefused."""
        key = self.key_at(path)
        if key not in self.modules:
            self.modules[key] = Module.objects.filter(key=key).first()
        if self.modules[key] is None:
            raise ValueRefused(f"there is no module “{path}” (yet)")
        return self.modules[key]

    def lesson_block_at(self, path, anchor):
        """What a question keeps of the block with this anchor in the lesson whose files have this path. Raises ValueRefused."""
        key = self.key_at(path)
        return place(key, block_id(key, anchor))

    def place_of(self, key, block=""):
        """The path of the page with this key, with `#` and the anchor of its block where one is asked for."""
        path, anchors = self.places.get(key, (str(key), {}))
        return f"{path}#{anchors.get(block, block)}" if block else path

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


def stamped_places():
    """Key → (path, anchors) of every page and question that was ever loaded from files. One query."""
    return {key: (path, anchors) for key, path, anchors in ContentStamp.objects.values_list("key", "path", "anchors")}
