"""msal signs in the way a desktop program does: it opens a browser, and its own local server takes the code."""

import json
import sys
import threading
import webbrowser

import msal

import person

CLIENT_ID, ACCOUNT = sys.argv[1:]


class Browser(webbrowser.BaseBrowser):
    def open(self, url, new=0, autoraise=True):
        threading.Thread(target=person.sign_in_and_post, args=(url, ACCOUNT)).start()
        return True


webbrowser.register("person", None, Browser(), preferred=True)
app = msal.PublicClientApplication(CLIENT_ID, authority="https://login.microsoftonline.com/consumers")
print(json.dumps(app.acquire_token_interactive(["XboxLive.signin"], prompt="select_account", timeout=30)))
