"""eslint's no-console: where its tests expect an error, and where node/no-console speaks.

A case counts when the places (line and column) are the same; valid code has none. Node reads the cases out of the test itself: its
RuleTester is replaced by one that prints them. The rule runs with `strict`, for a case is no package that serves, and with the case's
`allow`.
"""
import json
import re
import subprocess

import outside

PRINT_CASES = """
const Module = require("module"), load = Module._load;
class Printer { run(name, rule, cases) { console.log(JSON.stringify(cases)); } }
Module._load = (request, ...rest) =>
    request.endsWith("rule-tester") ? Printer : request.endsWith("no-console") ? {} : load(request, ...rest);
require(process.argv[1]);
"""

FINDING = re.compile(r"case\.js:(\d+):(\d+): .*\[node/no-console\]")


def read_cases(checkout):
    test = str(checkout / "tests/lib/rules/no-console.js")
    told = subprocess.run(["node", "-e", PRINT_CASES, test], stdout=subprocess.PIPE, text=True, check=True)
    cases = json.loads(told.stdout)
    return [{"code": case} if isinstance(case, str) else case for case in cases["valid"] + cases["invalid"]]


def places(bylaw, case):
    allowed = json.dumps(case.get("options", [{}])[0].get("allow", []))
    settings = f"rules:\n  node/no-console:\n    options: {{ strict: true, allow: {allowed} }}\n"
    files = {"case.js": case["code"], "bylaw.yaml": settings, "package.json": '{ "name": "case" }'}
    with outside.Project(files) as project:
        told = subprocess.run([bylaw, "check", "-o", "concise", "--rule", "node/no-console"], cwd=project.root,
                              capture_output=True, text=True, check=False).stdout
    return [(int(line), int(column)) for line, column in FINDING.findall(told)]


def main():
    checkout, bylaw = outside.arguments("ESLINT")
    tally = outside.Tally()
    for case in read_cases(checkout):
        expected = [(error["line"], error["column"]) for error in case.get("errors", [])]
        tally.compare(repr(case["code"]), expected, places(bylaw, case))
    tally.report()


if __name__ == "__main__":
    main()
