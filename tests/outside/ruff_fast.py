"""ruff's fixtures of FAST002: a dependency is handed in, however it is written.

Takes a checkout of astral-sh/ruff. FAST002 asks for `Annotated[…, Depends(f)]` in place of `= Depends(f)`: a matter of form, of which
the written rules say nothing. Both are right for python/inject-dependencies, so that it says nothing at all of the fixtures'
functions, those of FAST003 (parameters of paths) included. Counted are functions.
"""
import re

import outside

FIXTURES = "crates/ruff_linter/resources/test/fixtures/fastapi"
FUNCTION = re.compile(r"^\s*(?:async )?def ", re.M)


def main():
    checkout, bylaw = outside.arguments("RUFF")
    tally = outside.Tally()
    for fixture in sorted((checkout / FIXTURES).glob("FAST00[23]*.py")):
        text = fixture.read_text(encoding="utf-8")
        with outside.Project({f"app/{fixture.name}": text, "requirements.txt": "fastapi\n"}) as project:
            found = {line for _, line, _ in project.findings(bylaw, "python/inject-dependencies")}
        starts = [text.count("\n", 0, match.end()) + 1 for match in FUNCTION.finditer(text)]
        for first, behind in zip(starts, [*starts[1:], 1 << 30]):
            tally.compare(f"{fixture.name}:{first}", [], [line for line in sorted(found) if first <= line < behind])
    tally.report()


main()
