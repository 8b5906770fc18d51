"""gosec's samples for G118: fresh contexts in goroutines where one is at hand, and cancel functions that are lost.

Takes a checkout of securego/gosec, for its testutils/g118_samples.go. Of a sample without a finding, go/propagate-context and
go/goroutine-join must say nothing about either; of one with findings, what its comment tells must be found: a fresh context in a
goroutine, or a lost cancel function. Left out is what the two rules do not speak of, by its reason.
"""
import re

import outside
import wants

SAMPLE = re.compile(r"((?:\t// [^\n]*\n)+)\t\{\[\]string\{`([^`]*)`\}, (\d+), ")
FRESH = re.compile(r"goroutine drops")
LOST = re.compile(r"not called on every way out|it is thrown away")
LOST_HERE = re.compile(r", _ :?= context\.With")


def reason_to_leave_out(comment, code):
    """Why a sample with findings is not for these rules; None when it is."""
    if "loop" in comment.lower() and not LOST_HERE.search(code):
        return "loops that do not look at their context, outside of goroutines"
    if re.search(r"\bfor \{", code) and not LOST_HERE.search(code):
        return "loops that do not look at their context, outside of goroutines"
    if "interface{} = cancel" in code:
        return "gosec's own note that it does not follow a cancel function through an interface"
    if re.search(r"\{cancel(?:Fn)?: *cancel\}|\.cancel(?:Fn)? = cancel", code):
        return "cancel functions that are kept in a field: whoever holds it calls it"
    if "_ = cancel" in code:
        return "cancel functions that are blanked, which go vet takes for a use"
    if re.search(r"go (?!func\b)\w+\(\)", code):
        return "fresh contexts in a named function that a goroutine runs"
    return None


def said(code, bylaw):
    """What is said about fresh and lost contexts, and about goroutines."""
    messages = []
    for rule in ("go/propagate-context", "go/goroutine-join"):
        with wants.project_of({"main.go": code}, rule) as project:
            messages += [(rule, message) for _, _, message in project.findings(bylaw, rule)]
    return messages


def kinds(messages):
    found = set()
    for rule, message in messages:
        if rule == "go/goroutine-join":
            found.add("goroutine")
        elif FRESH.search(message):
            found.add("fresh")
        elif LOST.search(message):
            found.add("lost")
    return found


def main():
    checkout, bylaw = outside.arguments("GOSEC")
    tally = outside.Tally()
    text = (checkout / "testutils/g118_samples.go").read_text(encoding="utf-8")
    for comment, code, count in SAMPLE.findall(text):
        title = comment.strip().splitlines()[0].removeprefix("// ")
        reason = reason_to_leave_out(comment, code) if count != "0" else None
        if count == "0" and title.startswith("Note: "):
            reason = "gosec's own notes of what it does not find"
        if reason:
            tally.leave_out(reason)
            continue
        found = kinds(said(code, bylaw)) - ({"goroutine"} if count != "0" else set())
        expected = set()
        if count != "0" and LOST_HERE.search(code):
            expected.add("lost")
        if count != "0" and re.search(r"\bgo func", code):
            expected.add("fresh")
        tally.compare(title, sorted(expected), sorted(found))
    tally.report()


main()
