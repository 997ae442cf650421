"""What the tests of switching share: following the switch of a screen, and comparing what was done before and after."""

import re
from html import unescape
from urllib.parse import urlsplit

from certificates.models import Certificate
from courses.models import Enrolment
from lessons.models import ReadingPlace
from progress.models import Completion
from quizzes.models import Attempt, Response

RECORDS = (Enrolment, Attempt, Response, Completion, ReadingPlace, Certificate)


def rows():
    """What learners have done: every row, every value."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in RECORDS}


def address_of(response):
    request = response.wsgi_request
    return request.get_full_path()


def switch_of(response, language):
    """Where the switch of this screen leads, as a reader finds it."""
    found = re.search(rf'<a href="([^"]+)" lang="{language}" hreflang="{language}"', response.content.decode())
    assert found, f"no way to {language} from {address_of(response)}"
    return unescape(found[1])


def language_of(response):
    return re.search(r'<html lang="(\w+)"', response.content.decode())[1]


def view_of(response):
    match = response.wsgi_request.resolver_match
    return match and match.func.__name__


def answers_on(response):
    """What stands in the form of a question: what is chosen, and what is written."""
    page = response.content.decode()
    chosen = re.findall(r'<input[^>]* name="answer" value="([^"]*)"[^>]* checked', page)
    return (
        sorted(chosen),
        re.findall(r'<option value="([^"]*)" selected', page),
        re.findall(r'class="score"><b>([^<]*)', page),
    )


def there_and_back(client, address, *, status=200, other="en"):
    """
    Open it, switch, and switch back: three times the same is seen, and no row changes.
    Returns the screen in the other language.
    """
    here = client.get(address, follow=True)
    before, language = rows(), language_of(here)
    there = client.get(switch_of(here, other))
    back = client.get(switch_of(there, language))

    assert [each.status_code for each in (here, there, back)] == [status] * 3
    assert (language_of(there), language_of(back)) == (other, language)
    assert [view_of(each) for each in (there, back)] == [view_of(here)] * 2
    assert urlsplit(address_of(back)).path == urlsplit(address_of(here)).path
    assert answers_on(there) == answers_on(back) == answers_on(here)
    assert rows() == before
    return there
