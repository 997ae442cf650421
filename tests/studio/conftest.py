"""A small site as content files, written into the test's own folder; and the real content, loaded once for a module."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from studio.loading import load_courses
from tests.conftest import NOON

HOME = "00000000-0000-4000-8000-000000000001"
CATALOGUE = "00000000-0000-4000-8000-000000000002"
COURSE = "00000000-0000-4000-8000-000000000003"
MODULE = "00000000-0000-4000-8000-000000000004"
LESSON = "00000000-0000-4000-8000-000000000005"
QUIZ = "00000000-0000-4000-8000-000000000006"
QUESTION = "00000000-0000-4000-8000-000000000007"

SMALL = {
    "home.lt.md": f"---\ntype: home\nkey: {HOME}\ntitle: Mokykitės\nslug: pradzia\n---\n",
    "home.en.md": f"---\ntype: home\nkey: {HOME}\ntitle: Learn\nslug: home\n---\n",
    "catalogue.lt.md": f"---\ntype: catalogue\nkey: {CATALOGUE}\ntitle: Kursai\nslug: kursai\n---\n",
    "catalogue.en.md": f"---\ntype: catalogue\nkey: {CATALOGUE}\ntitle: Courses\nslug: courses\n---\n",
    "k9/course.lt.md": f"""---
type: course
key: {COURSE}
code: K9
title: Mažas kursas
slug: mazas
academic_hours: 2
private: no
edition: 1
edition_academic_hours: 1
---

::: outcome o1
---
pasakyti, kas yra tiltas
:::
""",
    "k9/course.en.md": f"""---
type: course
key: {COURSE}
title: Small course
slug: small
---

::: outcome o1
---
say what a bridge is
:::
""",
    "k9/m1/module.lt.md": f"---\ntype: module\nkey: {MODULE}\nposition: 1\ntitle: Pradžia\nslug: pradzia\n---\n",
    "k9/m1/module.en.md": f"---\ntype: module\nkey: {MODULE}\ntitle: Beginning\nslug: beginning\n---\n",
    "k9/m1/k9-1-1.lt.md": f"""---
type: lesson
key: {LESSON}
position: 1
title: Tiltai
slug: tiltai
minutes: 15
required: yes
---

::: heading h1
---
Kam reikia tilto
:::

::: text t1
---
Tiltas **jungia** du krantus.

- Pirmas, [svetainė](https://www.e-tar.lt).
- Antras.
:::

::: legal_reference l1
act: Tiltų įstatymas
number: X-1
checked_on: 2026-11-02
review_by: 2027-05-02
---
Sako, kas yra tiltas.
:::
""",
    "k9/m1/k9-1-1.en.md": f"""---
type: lesson
key: {LESSON}
title: Bridges
slug: bridges
---

::: heading h1
---
What a bridge is for
:::

::: text t1
---
A bridge joins two *banks*.

- The first, a [site](https://www.e-tar.lt).
- The second.
:::

::: legal_reference l1
act: Law on Bridges
---
Says what a bridge is.
:::
""",
    "k9/m1/k9-1-test.lt.md": f"""---
type: quiz
key: {QUIZ}
position: 2
title: Testas
slug: testas
minutes: 5
required: yes
pass_mark: 70
shows: all
shuffled: yes
questions: k9-1-q01
---
""",
    "k9/m1/k9-1-test.en.md": f"---\ntype: quiz\nkey: {QUIZ}\ntitle: Test\nslug: test\n---\n",
    "k9/m1/questions/k9-1-q01.lt.md": f"""---
type: question
key: {QUESTION}
kind: single_choice
title: Apie tiltą
prompt: Ką daro tiltas?
explanation: Jis jungia.
points: 1
---

::: option a
correct: yes
text: Jungia krantus.
feedback: Taip.
:::

::: option b
correct: no
text: Skiria krantus.
feedback: Ne, skiria upė.
:::
""",
    "k9/m1/questions/k9-1-q01.en.md": f"""---
type: question
key: {QUESTION}
title: About a bridge
prompt: What does a bridge do?
explanation: It joins.
---

::: option a
text: It joins the banks.
feedback: Yes.
:::

::: option b
text: It parts the banks.
feedback: No, the river parts them.
:::
""",
}


class Folder:
    """Content files of a test: read them, change them, load them."""

    def __init__(self, path):
        self.path = path

    def write(self, files):
        for name, text in files.items():
            file = self.path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

    def read(self, name):
        return (self.path / name).read_text(encoding="utf-8")

    def change(self, name, old, new):
        text = self.read(name)
        assert old in text
        self.write({name: text.replace(old, new)})

    def remove(self, name):
        (self.path / name).unlink()

    def texts(self):
        return {file.relative_to(self.path).as_posix(): file.read_text() for file in sorted(self.path.rglob("*.md"))}

    def load(self, **options):
        return load_courses(self.path, at=NOON, **options)


@pytest.fixture
def folder(tmp_path):
    """The small site's files: a home page, a catalogue, a course of one module with a lesson and a test of one question."""
    folder = Folder(tmp_path / "content")
    folder.write(SMALL)
    return folder


@pytest.fixture
def loaded(folder, db):
    folder.load()
    return folder


@pytest.fixture(scope="module")
def real_content(django_db_setup, django_db_blocker):
    """The Report of loading the real content files, once for the tests of a module; all is taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_courses(Path(settings.TILTAS_CONTENT), at=NOON)
        transaction.set_rollback(True)
