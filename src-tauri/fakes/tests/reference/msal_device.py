"""msal signs in with a device code while the person is at another screen: once approved, once declined."""

import json
import sys

import msal

import person

CLIENT_ID, ACCOUNT = sys.argv[1:]

app = msal.PublicClientApplication(CLIENT_ID, authority="https://login.microsoftonline.com/consumers")


def sign_in(choice):
    """The person decides after the first poll, in the pause before the second."""
    flow = app.initiate_device_flow(["XboxLive.signin"])
    undecided = [choice]

    def pause(flow):
        if undecided:
            person.enter_code(flow["verification_uri"], flow["user_code"], undecided.pop())
        return False

    return flow, app.acquire_token_by_device_flow(flow, exit_condition=pause)


flow, approved = sign_in({"account": ACCOUNT})
_, declined = sign_in({"cancel": "cancel"})
print(json.dumps({"flow": flow, "approved": approved, "declined": declined}))
