"""SPNKr's rounds: each with a session of its own that has no connection yet."""

import asyncio

from aiohttp import ClientSession
from spnkr.auth import AzureApp, authenticate_player, refresh_player_tokens

import person
from meter import ACCOUNT, CLIENT_ID, SECRET, WAY, Meter, refresh_token

APP = AzureApp(CLIENT_ID, SECRET)


async def code(meter):
    async with ClientSession() as session:
        with person.at_the_keyboard(ACCOUNT, about_to_press_enter=meter.begin):
            token = await authenticate_player(session, APP)
        await refresh_player_tokens(session, APP, token)
        meter.end()


async def refresh(meter):
    token = refresh_token()
    async with ClientSession() as session:
        meter.begin()
        await refresh_player_tokens(session, APP, token)
        meter.end()


asyncio.run(Meter().run({"code": code, "refresh": refresh}[WAY]))
