"""Times the rounds of a program, and counts the requests that the stand-ins had meanwhile."""

import json
import sys
import time
import urllib.request

WAY, ROUNDS, CONTROL, CLIENT_ID, SECRET, ACCOUNT = sys.argv[1:]


class Meter:
    def __init__(self):
        self.rounds = []

    def begin(self):
        self._asked = _requests()
        self._began = time.perf_counter()

    def end(self):
        took = (time.perf_counter() - self._began) * 1000
        self.rounds.append({"all": took, "requests": _requests() - self._asked})

    async def run(self, once):
        for _ in range(int(ROUNDS)):
            await once(self)
        print(json.dumps(self.rounds))


def refresh_token():
    """One as from an earlier sign-in."""
    return _order("seed", {"client_id": CLIENT_ID, "account": ACCOUNT})["refresh_token"]


def _requests():
    with urllib.request.urlopen(f"{CONTROL}/requests") as answer:
        return sum(json.load(answer).values())


def _order(name, body):
    headers = {"Content-Type": "application/json"}
    order = urllib.request.Request(f"{CONTROL}/{name}", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(order) as answer:
        return json.load(answer)
