"""Runs a program to its end, and prints how that was."""

import json
import subprocess
import sys

ended = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8")
print(json.dumps({"status": ended.returncode, "printed": ended.stdout, "complained": ended.stderr}))
