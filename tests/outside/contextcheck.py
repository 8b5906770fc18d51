"""contextcheck's test data: fresh contexts where one is at hand, and functions that pass none on.

Takes a checkout of kkHAIKE/contextcheck, for its testdata/src/a. A fresh context counts where it is made or, when a variable holds
it, on the line above its use. contextcheck accuses the call of a function that passes no context on, bylaw the function, or the
fresh context in it: a want `a->b` counts when b has a finding. A lambda that is returned counts as its own function.
"""
import re

import outside
import wants

RULE = "go/propagate-context"
CHAIN = re.compile(r"Function `(?:\S*->)?(\S+?)` should pass")


def functions(text):
    """name → its lines."""
    spans, name, start = {}, None, 0
    for number, line in enumerate(text.split("\n"), 1):
        head = re.match(r"func (?:\([^)]*\) )?(\w+)", line)
        if head:
            name, start = head.group(1), number
        elif line == "}" and name:
            spans[name] = range(start, number + 1)
    return spans


def main():
    checkout, bylaw = outside.arguments("CONTEXTCHECK")
    tally = outside.Tally()
    text = (checkout / "testdata/src/a/a.go").read_text(encoding="utf-8")
    with wants.project_of({"a/a.go": text}) as project:
        found = set(wants.found(project, bylaw, RULE).get("a/a.go", {}))
    spans, explained = functions(text), set()
    for line, want in wants.wanted(text):
        chain = CHAIN.search(want.replace("\\\\", ""))
        if "ctxCheck" in want:
            continue
        lines = spans.get(chain.group(1), range(line, line + 2)) if chain else range(line - 1, line + 1)
        here = found & set(lines)
        explained |= here
        tally.compare(f"{line}: {want}", True, bool(here))
    for line in sorted(found - explained):
        tally.compare(f"{line}", False, True)
    tally.report()


main()
