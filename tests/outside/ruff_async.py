"""ruff's fixtures of ASYNC21x, 22x, 230, 240, 25x: on which lines does an async function block?

Takes a checkout of astral-sh/ruff; what ruff finds stands in the snapshots beside its rules. Counted are lines: those that a
snapshot names, and those that python/async-io names besides.
"""
import collections
import re

import outside

RULES = "crates/ruff_linter/src/rules/flake8_async/snapshots"
FIXTURES = "crates/ruff_linter/resources/test/fixtures/flake8_async"
PLACE = re.compile(r"^ *--> (\S+\.py):(\d+):\d+$", re.M)
CODES = ("210", "212", "220", "221", "222", "230", "240", "250", "251")


def expected(checkout):
    lines = collections.defaultdict(set)
    for code in CODES:
        for snapshot in sorted((checkout / RULES).glob(f"*tests__ASYNC{code}_*.snap")):
            for file, line in PLACE.findall(snapshot.read_text(encoding="utf-8")):
                lines[file].add(int(line))
    return lines


def main():
    checkout, bylaw = outside.arguments("RUFF")
    tally = outside.Tally()
    for file, lines in sorted(expected(checkout).items()):
        with outside.Project({f"app/{file}": (checkout / FIXTURES / file).read_text(encoding="utf-8")}) as project:
            found = {line for _, line, text in project.findings(bylaw, "python/async-io") if " blocks inside " in text}
        text = (checkout / FIXTURES / file).read_text(encoding="utf-8").splitlines()
        for line in sorted(lines | found):
            if "covered by" in text[line - 1]:
                tally.leave_out("told by another of its rules, which is not run on this fixture")
                continue
            tally.compare(f"{file}:{line}", line in lines, line in found)
    tally.report()


main()
