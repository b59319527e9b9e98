"""Reads lines of JSON, each a line of Python that assigns a literal; prints what was assigned."""

import ast
import json
import sys

for line in sys.stdin:
    assigned = ast.parse(json.loads(line)).body
    assert len(assigned) == 1, assigned
    print(json.dumps(ast.literal_eval(assigned[0].value)))
