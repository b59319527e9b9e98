"""SPNKr signs in, makes its player twice from the one refresh token that it keeps, and asks Halo who that is."""

import asyncio
import json
import sys

from aiohttp import ClientSession
from spnkr import HaloInfiniteClient
from spnkr.auth import AzureApp, authenticate_player, refresh_player_tokens

import person

CLIENT_ID, SECRET, ACCOUNT = sys.argv[1:]


def told(player):
    return {
        "id": player.player_id,
        "gamertag": player.gamertag,
        "spartan": player.spartan_token.token,
        "expires_at": player.spartan_token.expires_at.isoformat(),
        "is_valid": player.is_valid,
        "clearance": player.clearance_token.token,
        "xbl": player.xbl_authorization_header_value,
    }


async def main():
    app = AzureApp(CLIENT_ID, SECRET)
    async with ClientSession() as session:
        with person.at_the_keyboard(ACCOUNT):
            refresh_token = await authenticate_player(session, app)
        first = await refresh_player_tokens(session, app, refresh_token)
        second = await refresh_player_tokens(session, app, refresh_token)
        client = HaloInfiniteClient(session, second.spartan_token.token, second.clearance_token.token)
        user = await (await client.profile.get_current_user()).parse()
    users = {"xuid": user.xuid, "gamertag": user.gamertag}
    print(json.dumps({"refresh": refresh_token, "first": told(first), "second": told(second), "profile": users}))


asyncio.run(main())
