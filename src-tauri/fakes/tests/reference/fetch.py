"""Prints what an address answers; the stand-ins' control address is reached from their own network alone."""

import sys
import urllib.request

with urllib.request.urlopen(sys.argv[1]) as answer:
    print(answer.read().decode())
