"""msal, which knows nobody yet, signs in with a code, gives its token again while it is good, and refreshes."""

import json
import sys
import warnings

# It would rather have codes posted to a web site than sent to a program.
warnings.filterwarnings("ignore", message="response_mode=")

import msal  # noqa: E402

import person  # noqa: E402

CLIENT_ID, ACCOUNT = sys.argv[1:]
SCOPES = ["XboxLive.signin"]

app = msal.PublicClientApplication(CLIENT_ID, authority="https://login.microsoftonline.com/consumers")
before = app.get_accounts()
flow = app.initiate_auth_code_flow(SCOPES, redirect_uri="http://localhost:49152")
signed_in = app.acquire_token_by_auth_code_flow(flow, person.sign_in(flow["auth_uri"], ACCOUNT))
after = app.get_accounts()
cached = app.acquire_token_silent(SCOPES, after[0])
refreshed = app.acquire_token_silent(SCOPES, after[0], force_refresh=True)
print(json.dumps({
    "before": before,
    "signed_in": signed_in,
    "after": after,
    "cached": cached,
    "refreshed": refreshed,
}))
