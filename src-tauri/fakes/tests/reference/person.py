"""A person with a browser, at Microsoft's pages."""

import contextlib
import http.client
import io
from html.parser import HTMLParser
from unittest.mock import patch
from urllib.parse import parse_qsl, urlencode, urlsplit


def sign_in(address, account):
    """Opens a sign-in page and picks an account; gives what the page then tells the program."""
    assert _send("GET", address).status == 200
    back = _send("POST", address, {"account": account}).getheader("Location")
    return dict(parse_qsl(urlsplit(back).query))


def sign_in_and_post(address, account):
    """The same at a page that posts what it tells, as a browser then does by itself."""
    assert _send("GET", address).status == 200
    form = _Form()
    form.feed(_send("POST", address, {"account": account}).read().decode())
    _send("POST", form.address, form.fields)


@contextlib.contextmanager
def at_the_keyboard(account, about_to_press_enter=lambda: None):
    """Types the code to which the address leads that a program in here prints."""
    screen = io.StringIO()

    class Keyboard(io.TextIOBase):
        def readline(self, *_):
            printed = screen.getvalue().splitlines()
            address = next(line for line in printed if line.startswith("https://"))
            code = sign_in(address, account)["code"]
            about_to_press_enter()
            return code + "\n"

    with contextlib.redirect_stdout(screen), patch("sys.stdin", Keyboard()):
        yield


def enter_code(address, user_code, choice):
    """Types in the code that a device shows, and presses one of the page's buttons."""
    assert _send("GET", address).status == 200
    assert _send("POST", address, {"user_code": user_code, **choice}).status == 200


class _Form(HTMLParser):
    """A page's only form."""

    def __init__(self):
        super().__init__()
        self.fields = {}

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag == "form":
            self.address = named["action"]
        elif tag == "input":
            self.fields[named["name"]] = named["value"]


def _send(method, address, form=None):
    url = urlsplit(address)
    target = f"{url.path or '/'}?{url.query}"
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
    scheme = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}[url.scheme]
    connection = scheme(url.hostname, url.port)
    connection.request(method, target, urlencode(form) if form else None, headers)
    return connection.getresponse()
