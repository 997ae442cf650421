"""Looking at a request that waits, in the editor's pages: nothing of it is "None"."""

import re

import pytest
from django.urls import reverse

from tests.factories import InstitutionRequestFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_what_nobody_has_answered_yet_stands_as_a_dash_with_a_word(client, site):
    asked = InstitutionRequestFactory(name="Naujas centras")
    client.force_login(UserFactory(is_superuser=True))

    page = client.get(reverse("institutionrequest:inspect", args=[asked.pk])).content.decode()

    told = page.split("<dl>", 1)[1].split("</dl>", 1)[0]
    values = [" ".join(re.sub(r"<[^>]+>", "", each).split()) for each in re.findall(r"<dd>(.*?)</dd>", told, re.S)]
    assert (values[0], values.count("—not filled in") + values.count("—neužpildyta")) == ("Naujas centras", 5)
    assert [value for value in values if "None" in value] == []
