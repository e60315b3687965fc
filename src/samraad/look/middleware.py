"""An address that only takes a press gets a page of the house."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from samraad.look.views import page


class NotAllowedMiddleware:
    """An address that only takes a press gets the house's page, not an empty one, when it is opened."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put a page in the place of an empty 405."""
        response = self.get_response(request)
        if response.status_code != 405 or response.content:
            return response
        if "GET" in response.get("Allow", ""):
            sentence = "Siden kan kun læses. Det, der blev sendt, er ikke gemt. Gå tilbage, og prøv igen."
        else:
            sentence = (
                "Adressen tager kun imod et tryk på en knap. Gå tilbage til siden med knappen, eller søg."
            )
        instead = page(request, 405, "Her er ingen side", sentence)
        instead["Allow"] = response.get("Allow", "")
        return instead
