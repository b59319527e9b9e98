# Asks Halo who you are, with SPNKr (pip install spnkr). Needs the command spartan on the PATH, which hands out valid
# tokens; none is stored here.
import asyncio
import json
import subprocess
import sys
from datetime import datetime, timedelta, timezone

from aiohttp import ClientResponseError, ClientSession
from spnkr import HaloInfiniteClient

SPARTAN = ["spartan", "token", "--format=json"«account»]
AHEAD = timedelta(minutes=5)


class Halo:
    """SPNKr's client with fresh tokens: new ones before the old expire, and once after Halo refuses them.

    Without a valid token, a call raises RuntimeError (or OSError if spartan can't be started). The next call asks again.
    """

    def __init__(self, session):
        self.client = HaloInfiniteClient(session, "", "")
        self.expires_at = datetime.fromtimestamp(0, timezone.utc)

    async def call(self, ask):
        await self.renew_if_due()
        try:
            return await ask(self.client)
        except ClientResponseError as error:
            if error.status != 401:
                raise
        self.expires_at = datetime.fromtimestamp(0, timezone.utc)  # Halo no longer takes this token.
        await self.renew("--renew")
        return await ask(self.client)

    async def renew_if_due(self):
        if self.left() > AHEAD:
            return
        try:
            await self.renew()
        except (OSError, RuntimeError) as error:
            if self.left() <= timedelta():
                raise
            print(error, file=sys.stderr)  # The token is still valid.

    def left(self):
        return self.expires_at - datetime.now(timezone.utc)

    async def renew(self, *options):
        asked = await asyncio.to_thread(
            subprocess.run, [*SPARTAN, *options], capture_output=True, encoding="utf-8"
        )
        if asked.returncode != 0:
            raise RuntimeError(f"{asked.stderr.strip()} (exit code {asked.returncode})")
        sys.stderr.write(asked.stderr)
        tokens = json.loads(asked.stdout)
        self.client.set_tokens(tokens["spartan_token"], tokens["clearance"] or "")
        self.expires_at = datetime.fromisoformat(tokens["expires_at"])


async def main():
    async with ClientSession() as session:
        halo = Halo(session)
        answer = await halo.call(lambda client: client.profile.get_current_user())
        user = await answer.parse()
        print(user.gamertag, user.xuid)


if __name__ == "__main__":
    asyncio.run(main())
