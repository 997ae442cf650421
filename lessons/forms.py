"""What may be uploaded as a picture."""

from pathlib import PurePath

from django.core.exceptions import ValidationError
from wagtail.images.forms import BaseImageForm

from .svg import svg_problem


class PictureForm(BaseImageForm):
    """Wagtail's form of an image, which refuses a drawing that holds more than a drawing (`WAGTAILIMAGES_IMAGE_FORM_BASE`)."""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and PurePath(file.name).suffix.lower() == ".svg":
            file.seek(0)
            problem = svg_problem(file.read())
            file.seek(0)
            if problem:
                raise ValidationError(problem)
        return file
