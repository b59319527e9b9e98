"""What a script does that keeps a refresh token: SPNKr makes its player, and the Spartan token is printed."""

import asyncio
import os
import sys

from aiohttp import ClientSession
from spnkr.auth import AzureApp, refresh_player_tokens

CLIENT_ID, SECRET = sys.argv[1:]


async def main():
    async with ClientSession() as session:
        player = await refresh_player_tokens(session, AzureApp(CLIENT_ID, SECRET), os.environ["REFRESH_TOKEN"])
    print(player.spartan_token.token)


asyncio.run(main())
