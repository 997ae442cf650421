"""What the header of Tiltas' screens shows on this site."""

from django.urls import reverse


def tiltas(request):
    return {
        "tiltas_site_name": "Host",
        "tiltas_account": {
            "signed_in": request.user.is_authenticated,
            "name": str(request.user),
            "login_url": reverse("login"),
            "logout_url": reverse("logout"),
        },
    }
