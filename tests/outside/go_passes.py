"""Passes of the go command's vet: lostcancel, waitgroup, and of copylocks what it says of WaitGroups.

Takes a checkout of golang/tools, for go/analysis/passes/*/testdata. Each line with a `// want` must have a finding of the rule, and
no line without one. Left out are the returns at which a cancel function is lost (bylaw notes them at the call that makes it), and
locks other than WaitGroups.
"""
import re

import outside
import wants

PASSES = "go/analysis/passes"
SUITES = [
    ("lostcancel", "go/propagate-context", re.compile(r"is not called on every way|is thrown away")),
    ("waitgroup", "go/goroutine-join", re.compile("inside the goroutine it counts")),
    ("copylock", "go/goroutine-join", re.compile("is a copy|copies")),
]


def reason_to_leave_out(suite, want):
    if suite == "lostcancel" and "return statement" in want or "may be reached" in want:
        return "returns, which are notes"
    if suite == "copylock" and "sync.WaitGroup" not in want:
        return "locks other than WaitGroups"
    return None


def main():
    checkout, bylaw = outside.arguments("GOLANG_TOOLS")
    tally = outside.Tally()
    for suite, rule, message in SUITES:
        for file in sorted((checkout / PASSES / suite / "testdata/src").glob("*/*.go")):
            text, path = file.read_text(encoding="utf-8"), f"{file.parent.name}/{file.name}"
            with wants.project_of({path: text}) as project:
                found = wants.found(project, bylaw, rule).get(path, {})
            lines = {line for line, told in found.items() if message.search(told)}
            wanted = set()
            for line, want in wants.wanted(text):
                reason = reason_to_leave_out(suite, want)
                if reason:
                    tally.leave_out(reason)
                else:
                    wanted.add(line)
            for line in sorted(wanted | lines):
                tally.compare(f"{suite} {path}:{line}", line in wanted, line in lines)
    tally.report()


main()
