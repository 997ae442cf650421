"""How files name what stands in other files: questions, modules, blocks of lessons; and the tags by which questions are drawn."""

import re
import uuid

from django.utils.translation import override

from quizzes.tagging import TagRefused, cleaned_tag, tags_from, written

from .values import Form, ValueRefused


class Name(Form):
    """A question by the name of its file. Without a library it is nobody yet."""

    empty = None

    def canonical(self, text):
        return text.strip()

    def read(self, text, library):
        return library.question_pk(text) if library else None

    def write(self, value, library):
        return library.name_of(value.translation_key) if library and value is not None else ""


class Asked(Name):
    """
    What a quiz asks, comma between; on the page a StreamField: questions by their names, and draws such as
    `4 from k1/m1/module`, `2 from k1/m1/module #taikymas`, `3 from #k1-2`. A value is (as it is written, type, the block's JSON).
    """

    empty = ()

    def canonical(self, text):
        return ", ".join(self._one(each.strip()) for each in text.split(",") if each.strip())

    def _one(self, text):
        draw = draw_in(text)
        return _draw_text(*draw) if draw else text

    def read(self, text, library):
        return [self._read_one(each, library) for each in text.split(", ")] if library else []

    def _read_one(self, text, library):
        draw = draw_in(text)
        if draw is None:
            return text, "question", super().read(text, library)
        number, module, tag = draw
        key = str(library.key_at(module)) if module else ""
        return text, "draw", {"number": number, "module": key, "tag": tag}

    def write(self, value, library):
        return ", ".join(text for text in (self._write_one(child, library) for child in value) if text)

    def _write_one(self, child, library):
        if child.block_type == "question":
            return super().write(child.value, library)
        module = child.value["module"]
        place = library.place_of(uuid.UUID(module)) if library and module else module or ""
        return _draw_text(child.value["number"], place, child.value["tag"])


_DRAW = re.compile(r"([0-9]{1,9}) from\b *([^ #]*) *(?:#(.*))?")


def draw_in(text):
    """(number, path of the module or "", tag or "") where this text is a draw; None where it is a name. Raises ValueRefused."""
    found = _DRAW.fullmatch(text)
    if found is None:
        return None
    number, module, tag = int(found[1]), found[2], _tags(cleaned_tag, found[3]) if found[3] else ""
    if not 1 <= number <= 100:
        raise ValueRefused(f"“{text}”: from 1 to 100 questions are drawn")
    if not module and not tag:
        raise ValueRefused(f"“{text}”: a draw names a module, a #tag or both, such as 4 from k1/m1/module #taikymas")
    return number, module, tag


def _draw_text(number, module, tag):
    return " ".join(each for each in (f"{number} from", module, f"#{tag}" if tag else "") if each)


class Tags(Form):
    """Words by which questions are drawn, comma between."""

    empty = ""

    def read(self, text, library):
        return written(_tags(tags_from, text))

    def write(self, value, library):
        return value


def _tags(clean, text):
    try:
        with override("en"):
            return clean(text)
    except TagRefused as refusal:
        raise ValueRefused(str(refusal)) from None


class ModulePath(Form):
    """A module by the path of its file, without language and ending. Without a library it is none yet."""

    empty = None

    def canonical(self, text):
        return text.strip()

    def read(self, text, library):
        return library.module_at(text) if library else None

    def write(self, value, library):
        return library.place_of(value.key) if library and value is not None else ""


class LessonBlock(Form):
    """A block of a lesson by the path of its file and its anchor: `k1/m1/k1-1-1#h1`. Without a library it is none yet."""

    empty = ""

    def canonical(self, text):
        if not re.fullmatch(r"[^ #]+#[A-Za-z0-9][A-Za-z0-9-]*", text.strip()):
            raise ValueRefused(f"“{text}” is not a lesson and an anchor in it, such as k1/m1/k1-1-1#h1")
        return text.strip()

    def read(self, text, library):
        return library.lesson_block_at(*text.split("#")) if library else ""

    def write(self, value, library):
        if not library or not value:
            return ""
        lesson, _sign, block = value.partition("#")
        return library.place_of(uuid.UUID(lesson), block)
