"""python-xbox signs in, refreshes while nothing is due, and again with only an old file of its tokens at hand."""

import asyncio
import json
import sys
from datetime import timedelta

import httpx
from pythonxbox.authentication.manager import AuthenticationManager
from pythonxbox.authentication.models import OAuth2TokenResponse

import person

CLIENT_ID, SECRET, ACCOUNT = sys.argv[1:]
HALO = "https://prod.xsts.halowaypoint.com/"


def told(manager):
    return {
        "access": manager.oauth.access_token,
        "refresh": manager.oauth.refresh_token,
        "user": manager.user_token.token,
        "xsts": manager.xsts_token.token,
        "not_after": manager.xsts_token.not_after.isoformat(),
        "gamertag": manager.xsts_token.gamertag,
        "xuid": manager.xsts_token.xuid,
        "age_group": manager.xsts_token.age_group,
        "are_valid": [t.is_valid() for t in (manager.oauth, manager.user_token, manager.xsts_token)],
    }


async def main():
    async with httpx.AsyncClient() as session:
        manager = AuthenticationManager(session, CLIENT_ID, SECRET, "https://localhost")
        back = person.sign_in(manager.generate_authorization_url(state="st+te/="), ACCOUNT)
        await manager.request_tokens(back["code"])
        signed_in = told(manager)
        await manager.refresh_tokens()
        not_due = told(manager)

        old = json.loads(manager.oauth.model_dump_json())
        old["issued"] = (manager.oauth.issued - timedelta(hours=20)).isoformat()
        later = AuthenticationManager(session, CLIENT_ID, SECRET, "https://localhost")
        later.oauth = OAuth2TokenResponse.model_validate(old)
        await later.refresh_tokens()
        halo = await later.request_xsts_token(HALO)
    print(json.dumps({
        "state": back["state"],
        "signed_in": signed_in,
        "not_due": not_due,
        "refreshed": told(later),
        "halo": {"token": halo.token, "claims": halo.display_claims.xui[0]},
    }))


asyncio.run(main())
