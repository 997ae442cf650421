import pytest
from django.urls import reverse

from learners.models import Learner
from tests.factories import LearnerFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(site):
    """The base template asks for the catalogue."""


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user)
    return user


def give(client, given_names="Ona", surname="Petraitė", **more):
    return client.post(reverse("tiltas_learners:name"), {"given_names": given_names, "surname": surname, **more})


def test_the_name_is_written_as_it_should_stand_on_the_certificate(client, user):
    give(client, " Ona Marija ", "Žemaitė-Petraitienė")

    learner = Learner.objects.get(user=user)
    assert learner.full_name == "Ona Marija Žemaitė-Petraitienė"


def test_it_leads_on_to_where_one_was_going(client, user):
    assert give(client, next="/lt/join/").url == "/lt/join/"
    assert give(client).url == reverse("tiltas_home:my_learning")


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_it_never_leads_to_another_site(client, user, elsewhere):
    assert give(client, next=elsewhere).url == reverse("tiltas_home:my_learning")


@pytest.mark.parametrize(
    ("given_names", "surname"), [("", "Petraitė"), ("Ona", ""), ("Ona 2", "Petraitė"), ("Ona", "=1")]
)
def test_what_is_no_name_is_refused_and_nothing_typed_is_lost(client, user, given_names, surname):
    response = give(client, given_names, surname, next="/lt/join/")

    assert response.status_code == 200
    assert response.context["form"].errors
    page = response.content.decode()
    for typed in filter(None, (given_names, surname, "/lt/join/")):
        assert f'value="{typed}"' in page
    assert Learner.objects.get(user=user).full_name == ""


def test_nobody_names_anybody_else(client, user):
    other = LearnerFactory(given_names="Rasa", surname="Rasaitė")

    give(client, learner=str(other.uuid), user=str(other.user_id))

    other.refresh_from_db()
    assert other.full_name == "Rasa Rasaitė"


def test_without_login_it_leads_there(client):
    assert "/account/login/" in give(client).url
    assert not Learner.objects.exists()


class TestDeletingInTheEditor:
    """An account behind which somebody learned is not deleted by a click: a name would stay behind, cut off."""

    @pytest.fixture
    def editor(self, client):
        from django.contrib.auth import get_user_model

        editor = get_user_model().objects.create_superuser("red@tiltas.test", "slaptas-zodis")
        client.force_login(editor)
        return editor

    def test_a_learners_account_stays(self, client, editor):
        learner = LearnerFactory()

        client.post(reverse("wagtailusers_users:delete", args=[learner.user_id]))
        client.post(f"/admin/bulk/tiltas_accounts/user/delete/?id={learner.user_id}&next=/admin/")

        learner.refresh_from_db()
        assert learner.user is not None

    def test_an_account_behind_which_nobody_learned_may_go(self, client, editor):
        user = UserFactory()

        client.post(reverse("wagtailusers_users:delete", args=[user.pk]))

        assert not type(user).objects.filter(pk=user.pk).exists()
