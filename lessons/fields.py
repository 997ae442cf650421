"""A StreamField whose block types stay out of migrations, so that a plug-in's block changes no host's migrations."""

from wagtail.fields import StreamField


class LessonStreamField(StreamField):
    """The body of a lesson. Its blocks are those of `lessons.registry`, whoever registered them."""

    def __init__(self, *args, **kwargs):
        kwargs.pop("block_types", None)
        from .registry import lesson_block_types

        super().__init__(lesson_block_types(), **kwargs)

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
