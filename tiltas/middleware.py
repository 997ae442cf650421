"""Which content security policy a page gets."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse


class EditorPolicyMiddleware:
    """Wagtail's admin needs inline styles and scripts; only its own addresses get the looser policy that allows them."""

    def __init__(self, get_response):
        self.get_response = get_response
        try:
            self.prefix = reverse("wagtailadmin_home")
        except NoReverseMatch:  # a host without the admin
            self.prefix = None

    def __call__(self, request):
        response = self.get_response(request)
        if self.prefix and request.path.startswith(self.prefix):
            response._csp_config = settings.EDITOR_CSP
        return response
