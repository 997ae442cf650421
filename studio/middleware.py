"""A refusal of the gate that a screen of Wagtail's knows nothing of becomes a sentence, and the way back to the draft."""

from django.http import JsonResponse
from django.shortcuts import redirect

from .gate import Refused
from .publishing_doors import edit_url, tell


class RefusalMiddleware:
    """Approvals publish deep inside of Wagtail's screens: what was begun there is rolled back, and the person is told why."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Refused):
            return None
        tell(request, exception)
        address = edit_url(exception.instance)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":  # a window inside the page goes on from here
            return JsonResponse({"step": "success", "redirect": address})
        return redirect(address)
