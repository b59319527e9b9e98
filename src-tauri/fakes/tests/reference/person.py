"""A person with a browser, at Microsoft's pages."""

import http.client
from urllib.parse import parse_qsl, urlencode, urlsplit


def sign_in(address, account):
    """Opens a sign-in page and picks an account; gives what the page then tells the program."""
    assert _send("GET", address).status == 200
    back = _send("POST", address, {"account": account}).getheader("Location")
    return dict(parse_qsl(urlsplit(back).query))


def enter_code(address, user_code, choice):
    """Types in the code that a device shows, and presses one of the page's buttons."""
    assert _send("GET", address).status == 200
    assert _send("POST", address, {"user_code": user_code, **choice}).status == 200


def _send(method, address, form=None):
    url = urlsplit(address)
    target = f"{url.path}?{url.query}" if url.query else url.path
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
    connection = http.client.HTTPSConnection(url.hostname)
    connection.request(method, target, urlencode(form) if form else None, headers)
    return connection.getresponse()
