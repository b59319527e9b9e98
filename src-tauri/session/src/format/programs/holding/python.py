# Asks Halo who you are, with SPNKr (pip install spnkr). The Spartan token inside is good until «until».
«missing»import asyncio

from aiohttp import ClientSession
from spnkr import HaloInfiniteClient

SPARTAN_TOKEN = «token»
CLEARANCE_TOKEN = «clearance»


async def main():
    async with ClientSession() as session:
        client = HaloInfiniteClient(session, SPARTAN_TOKEN, CLEARANCE_TOKEN)
        answer = await client.profile.get_current_user()
        user = await answer.parse()
        print(user.gamertag, user.xuid)


asyncio.run(main())
