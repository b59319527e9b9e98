# Asks Halo who you are, with SPNKr (pip install spnkr). Needs the command spartan on the PATH: it gives tokens that are
# good, and nothing is kept here.
import asyncio
import json
import subprocess
from datetime import datetime, timedelta, timezone

from aiohttp import ClientResponseError, ClientSession
from spnkr import HaloInfiniteClient

SPARTAN = ["spartan", "token", "--format=json"«account»]


class Halo:
    """SPNKr's client with tokens that are good: new ones before the old expire, and where Halo refuses them."""

    def __init__(self, session):
        self.client = HaloInfiniteClient(session, "", "")
        self.expires_at = datetime.min.replace(tzinfo=timezone.utc)

    async def call(self, ask):
        if self.expires_at - datetime.now(timezone.utc) < timedelta(minutes=5):
            await self.set_tokens()
        try:
            return await ask(self.client)
        except ClientResponseError as error:
            if error.status != 401:
                raise
        # A new one is made unless this one is new itself: made within the last five minutes of its four hours.
        await self.set_tokens("--min-ttl=235m")
        return await ask(self.client)

    async def set_tokens(self, *options):
        asked = await asyncio.to_thread(
            subprocess.run, [*SPARTAN, *options], stdout=subprocess.PIPE, encoding="utf-8"
        )
        if asked.returncode != 0:
            raise SystemExit(asked.returncode)  # spartan has said why.
        tokens = json.loads(asked.stdout)
        self.expires_at = datetime.fromisoformat(tokens["expires_at"])
        self.client.set_tokens(tokens["spartan_token"], tokens["clearance"] or "")


async def main():
    async with ClientSession() as session:
        halo = Halo(session)
        answer = await halo.call(lambda client: client.profile.get_current_user())
        user = await answer.parse()
        print(user.gamertag, user.xuid)


asyncio.run(main())
