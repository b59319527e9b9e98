"""SPNKr calls Halo with the tokens that it finds in its environment."""

import asyncio
import os

from aiohttp import ClientSession
from spnkr import HaloInfiniteClient


async def main():
    async with ClientSession() as session:
        client = HaloInfiniteClient(session, os.environ["SPNKR_SPARTAN_TOKEN"], os.environ["SPNKR_CLEARANCE_TOKEN"])
        user = await (await client.profile.get_current_user()).parse()
        print(user.gamertag, user.xuid)


asyncio.run(main())
