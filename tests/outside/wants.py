"""Go files whose lines say what another linter wants to find there: `// want "…"`; and what bylaw finds."""
import re
import subprocess

import outside

WANT = re.compile(r"//\s*want\s+(.*)$")
TEXT = re.compile(r'"(?:[^"\\]|\\.)*"|`[^`]*`')
FACT = re.compile(r"\b\w+:$")


def wanted(text):
    """(line, text) of each finding that is wanted; a fact (`name:"…"`) is none."""
    wants = []
    for number, line in enumerate(text.split("\n"), 1):
        comment = WANT.search(line)
        for match in TEXT.finditer(comment.group(1)) if comment else ():
            if not FACT.search(comment.group(1)[:match.start()]):
                wants.append((number, match.group()[1:-1]))
    return wants


def found(project, bylaw, rule):
    """The lines with a finding of a rule, and its message: path → {line: message}."""
    told = subprocess.run([bylaw, "check", "--rule", rule, "-o", "concise", "."], cwd=project.root, capture_output=True,
                          text=True, check=False).stdout
    lines = {}
    for row in told.split("\n"):
        match = re.match(r"(.+?):(\d+):\d+: \w+\[[^]]*\] (.*)", row)
        if match:
            lines.setdefault(match.group(1), {})[int(match.group(2))] = match.group(3)
    return lines


def project_of(files, rule="", strict=False):
    """A module of these files, with a rule at its letter when that is asked for."""
    project = outside.Project({"go.mod": "module example.com/cases\n\ngo 1.24\n"} | files)
    if strict:
        project.write("bylaw.yaml", f"rules:\n  {rule}:\n    options: {{ strict: true }}\n")
    return project
