"""SPNKr makes a player on the stand-ins, from a refresh token that they give to whoever asks."""

import asyncio
import json
import sys
import urllib.request

from aiohttp import ClientSession
from spnkr.auth import AzureApp, refresh_player_tokens

CONTROL, CLIENT_ID, SECRET, ACCOUNT = sys.argv[1:]


def refresh_token():
    wanted = json.dumps({"client_id": CLIENT_ID, "account": ACCOUNT}).encode()
    asked = urllib.request.Request(f"{CONTROL}/seed", wanted, {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked) as answer:
        return json.load(answer)["refresh_token"]


async def main():
    async with ClientSession() as session:
        player = await refresh_player_tokens(session, AzureApp(CLIENT_ID, SECRET), refresh_token())
    print(json.dumps({
        "token": player.spartan_token.token,
        "clearance": player.clearance_token.token,
        "expires_at": player.spartan_token.expires_at.isoformat(),
    }))


asyncio.run(main())
