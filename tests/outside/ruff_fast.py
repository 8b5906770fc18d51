"""ruff's fixtures of FAST002 and FAST003: how an endpoint of FastAPI takes what it is handed.

Takes a checkout of astral-sh/ruff; what ruff finds stands in the snapshots beside its rules. The written rules ask for dependencies
that are handed in, however that is written, so that python/inject-dependencies says nothing of the fixtures by itself: counted are
functions. With `fastapi-style` it says what ruff says: counted are lines with FAST002, and parameters of paths with FAST003.
"""
import collections
import re

import outside

RULES = "crates/ruff_linter/src/rules/fastapi/snapshots"
FIXTURES = "crates/ruff_linter/resources/test/fixtures/fastapi"
RULE = "python/inject-dependencies"
FUNCTION = re.compile(r"^\s*(?:async )?def ", re.M)
PLACE = re.compile(r"^FAST(002|003) (?:\[\*\] )?(.*)\n *--> (\S+\.py):(\d+):\d+$", re.M)
STYLE = "rules:\n  python/inject-dependencies:\n    options: { fastapi-style: true }\n"


def expected(checkout):
    """Of each fixture: (line, parameter of the path, or "" where a default is meant), for any version of Python."""
    places = collections.defaultdict(set)
    for snapshot in sorted((checkout / RULES).glob("*fast-api-*_FAST00[23]*.py.snap")):
        for code, message, file, line in PLACE.findall(snapshot.read_text(encoding="utf-8")):
            if file.startswith(f"FAST{code}"):
                places[file].add((int(line), re.search("`(.*?)`", message).group(1) if code == "003" else ""))
    return places


def found_in(findings, code):
    for _, line, text in findings:
        parameter = re.search(r" takes no (\S+), which stands in its path", text)
        if bool(parameter) == (code == "003"):
            yield line, parameter.group(1) if parameter else ""


def silent(tally, bylaw, name, text):
    with outside.Project({f"app/{name}": text, "requirements.txt": "fastapi\n"}) as project:
        found = {line for _, line, _ in project.findings(bylaw, RULE)}
    starts = [text.count("\n", 0, match.end()) + 1 for match in FUNCTION.finditer(text)]
    for first, behind in zip(starts, [*starts[1:], 1 << 30]):
        tally.compare(f"{name}:{first}", [], [line for line in sorted(found) if first <= line < behind])


def main():
    checkout, bylaw = outside.arguments("RUFF")
    by_itself, with_style = outside.Tally(), outside.Tally()
    for name, places in sorted(expected(checkout).items()):
        text = (checkout / FIXTURES / name).read_text(encoding="utf-8")
        silent(by_itself, bylaw, name, text)
        with outside.Project({f"app/{name}": text, "requirements.txt": "fastapi\n", "bylaw.yaml": STYLE}) as project:
            found = set(found_in(project.findings(bylaw, RULE), name[4:7]))
        for line, parameter in sorted(places | found):
            case = f"{name}:{line} {parameter}".rstrip()
            with_style.compare(case, (line, parameter) in places, (line, parameter) in found)
    print("by itself:", end=" ")
    by_itself.report()
    print("with fastapi-style:", end=" ")
    with_style.report()


main()
