"""python-xbox's rounds: each with a session of its own that has no connection yet."""

import asyncio
import contextlib
from datetime import timedelta

import httpx
from pythonxbox.authentication.manager import AuthenticationManager

import person
from meter import ACCOUNT, CLIENT_ID, SECRET, WAY, Meter


@contextlib.asynccontextmanager
async def new_manager():
    async with httpx.AsyncClient() as session:
        yield AuthenticationManager(session, CLIENT_ID, SECRET, "https://localhost")


async def signed_in(manager, about_to_go_on=lambda: None):
    back = person.sign_in(manager.generate_authorization_url(), ACCOUNT)
    about_to_go_on()
    await manager.request_tokens(back["code"])


async def code(meter):
    async with new_manager() as manager:
        await signed_in(manager, about_to_go_on=meter.begin)
        meter.end()


async def refresh(meter):
    async with new_manager() as earlier:
        await signed_in(earlier)
    async with new_manager() as manager:
        manager.oauth = earlier.oauth
        manager.oauth.issued -= timedelta(hours=20)
        meter.begin()
        await manager.refresh_tokens()
        meter.end()


async def nothing_due(meter):
    async with new_manager() as manager:
        await signed_in(manager)
        meter.begin()
        await manager.refresh_tokens()
        meter.end()


asyncio.run(Meter().run({"code": code, "refresh": refresh, "nothing due": nothing_due}[WAY]))
