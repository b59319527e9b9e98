"""Reads lines of JSON, each a language and a program; prints what in it is no part of that language, or nothing."""

import json
import sys

import tree_sitter_c_sharp
import tree_sitter_powershell
from tree_sitter import Language, Parser

GRAMMARS = {"csharp": tree_sitter_c_sharp, "powershell": tree_sitter_powershell}


def wrong(node):
    if node.is_error or node.is_missing:
        return [f"{node.start_point}: {node.text.decode()}"]
    return [words for child in node.children for words in wrong(child)]


for line in sys.stdin:
    language, program = json.loads(line)
    tree = Parser(Language(GRAMMARS[language].language())).parse(program.encode())
    print(json.dumps(wrong(tree.root_node)))
