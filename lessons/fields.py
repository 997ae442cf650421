"""StreamFields whose block types stay out of migrations, so that a plug-in's block changes no host's migrations."""

from wagtail.fields import StreamField


class UnrecordedStreamField(StreamField):
    """Migrations know this field by its name alone. A subclass says in `block_types` which blocks it has."""

    def __init__(self, *args, **kwargs):
        kwargs.pop("block_types", None)
        super().__init__(self.block_types_now(), **kwargs)

    def block_types_now(self):
        """The (name, block) pairs of this field, as they are in this version with these apps."""
        raise NotImplementedError

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


class LessonStreamField(UnrecordedStreamField):
    """The body of a lesson. Its blocks are those of `lessons.registry`, whoever registered them."""

    def block_types_now(self):
        from .registry import lesson_block_types

        return lesson_block_types()
