"""typescript-eslint's tests of no-floating-promises: which lines does `node/no-floating-promise` report, with `strict`?

    git clone https://github.com/typescript-eslint/typescript-eslint
    python3 tests/outside/floating_promises.py typescript-eslint build/release/bylaw

An invalid case agrees when just the lines that it wants are reported (where it names none, as many), a valid one when none is. Left out are cases that set options
which bylaw does not have: what the other rule allows by name or type, IIFEs, `void` that does not count, thenables.
"""
import re
import subprocess

import outside

TESTS = "packages/eslint-plugin/tests/rules/no-floating-promises.test.ts"
CONFIG = "rules:\n  node/no-floating-promise:\n    options: { strict: true }\n"
# A case is an object or a template, four spaces in; the text of templates starts at the margin.
CASE = re.compile(r"^    (?:\{\n(.*?)^    \}|`((?:\\.|[^`\\])*)`|\"(.*?)\"),$", re.S | re.M)
CODE = re.compile(r"code: *\n? *(?:`((?:\\.|[^`\\])*)`|'(.*?)'|\"(.*?)\")", re.S)
LINE = re.compile(r"(?:^          |errors: \[\{[^{}]*?)\bline: (\d+),", re.M)
ERROR = re.compile(r"^          messageId:", re.M)
VOID = re.compile(r"(?:^|[({]|&& |=> )\s*void (?!0)(?:[^=;]|=>)*(?:[;\n]|$)", re.M)
ALLOWS = ("allowForKnownSafe", "ignoreIIFE", "checkThenables", "skip: true")


def reported(bylaw, code):
    with outside.Project({"bylaw.yaml": CONFIG, "src/case.ts": code}) as project:
        run = subprocess.run([bylaw, "check", "--rule", "node/no-floating-promise", "-o", "concise"], cwd=project.root,
                             capture_output=True, text=True, check=False)
    return sorted({int(line) for line in re.findall(r"^src/case\.ts:(\d+):", run.stdout, re.M)})


def reason_to_leave_out(body, code):
    for option in ALLOWS:
        if option in body:
            return option
    return "void that does not count" if "ignoreVoid: false" in body and VOID.search(code) else None


def cases(text):
    for body, template, plain in CASE.findall(text):
        code = CODE.search(body) if body else None
        yield body, (code[1] or code[2] or code[3] if code else template or plain).replace("\\`", "`")


def run(bylaw, kind, text):
    tally = outside.Tally()
    for body, code in cases(text):
        reason = reason_to_leave_out(body, code)
        if reason:
            tally.leave_out(reason)
            continue
        wanted = sorted({int(line) for line in LINE.findall(body)})
        found = reported(bylaw, code)
        if not wanted and kind == "invalid":  # it tells how many, and not where
            wanted, found = len(ERROR.findall(body)), len(found)
        tally.compare(f"{kind}: {code.strip()[:200]!r}", wanted, found)
    print(f"{kind}: ", end="")
    tally.report()


def main():
    checkout, bylaw = outside.arguments("TYPESCRIPT-ESLINT")
    valid, invalid = (checkout / TESTS).read_text(encoding="utf-8").split("\n  invalid: [\n")
    run(bylaw, "valid", valid)
    run(bylaw, "invalid", invalid)


main()
