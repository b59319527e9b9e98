"""Prints what python-dotenv finds in a file."""

import json
import sys

from dotenv import dotenv_values

print(json.dumps(dotenv_values(sys.argv[1])))
