"""Orders the stand-ins to do something; prints what they answer."""

import json
import sys
import urllib.request

TO, ORDER = sys.argv[1:]
asked = urllib.request.Request(TO, ORDER.encode(), {"Content-Type": "application/json"})
with urllib.request.urlopen(asked) as answer:
    body = answer.read()
print(body.decode() or json.dumps(None))
