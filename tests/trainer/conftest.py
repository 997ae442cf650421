"""A trainer and an administrator at Wagtail's real pages: forms are read from the screen and sent back with changes."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from lessons.blocks import FEATURES
from tests.factories import UserFactory
from tests.factories.pages import make_course
from tiltas.roles import ADMINISTRATOR, TRAINER, TRANSLATOR, sync_groups


@pytest.fixture
def made(site):
    return make_course(code="K1", lessons=2)


def logged_in(client, group):
    sync_groups()
    user = UserFactory(first_name="Vytautas", last_name="Žemaitis")
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return user


@pytest.fixture
def trainer(client, site):
    return logged_in(client, TRAINER)


@pytest.fixture
def administrator(client, site):
    return logged_in(client, ADMINISTRATOR)


def lesson_form(client, page, *, blocks, **changes):
    """The edit form of a lesson as its screen shows it, with this body and these changes."""
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    form = querydict_from_html(shown.content.decode(), form_id="page-edit-form").dict()
    body = [(name, rich_text(value, features=FEATURES) if name == "text" else value) for name, value in blocks]
    return form | {"required": "on"} | nested_form_data({"body": streamfield(body)}) | changes


def question_form(*options, **changes):
    """The form of a question: each option is (text, right?)."""
    blocks = [
        ("option", {"text": text, "feedback": "", **({"correct": "on"} if right else {})}) for text, right in options
    ]
    stream = streamfield(blocks)
    for place in range(len(options)):
        stream[str(place)]["id"] = str(uuid4())
    plain = {"title": "Klausimas", "kind": "single_choice", "points": "1", "prompt": "Kas teisinga?", "explanation": ""}
    return plain | nested_form_data({"options": stream}) | changes


def sentences(response):
    """What the next screen tells: texts of the messages that wait for it."""
    return [str(message) for message in response.wsgi_request._messages]


@pytest.fixture
def translator(client, site):
    return logged_in(client, TRANSLATOR)
