"""errcheck's test data: the lines it wants a finding on, beside those that go/handle-errors speaks of.

    python3 tests/outside/errcheck.py path/to/errcheck build/release/bylaw

Counted are `// want` of its analyzer's packages and `// UNCHECKED`, `// BLANK` of testdata/, each with what is found on other lines.
Left out: `// ASSERT` and the package assert (a type assertion drops no error), tests, and what custom_exclude.txt names.
"""
import json
import re
import subprocess

import outside

# folder, what marks a line, bylaw's options: errcheck leaves blanks alone unless it is told
SUITES = [
    ("errcheck/testdata/src/a", r"// want ", {"strict": True, "allow-blank": True}),
    ("errcheck/testdata/src/blank", r"// want ", {"strict": True}),
    ("testdata", r"// (?:UNCHECKED|BLANK)", {"strict": True}),
]


def lines_found(bylaw, texts, options):
    """The lines of each file that get a finding."""
    config = json.dumps({"rules": {"go/handle-errors": {"options": options}}})
    with outside.Project(texts | {"bylaw.yaml": config, "go.mod": "module a\n"}) as project:
        run = subprocess.run([bylaw, "check", "--rule", "go/handle-errors", "-o", "concise", "."], cwd=project.root,
                             capture_output=True, text=True, check=False)
    places = re.findall(r"^(.*?):(\d+):\d+: .*\[go/handle-errors\]", run.stdout, re.MULTILINE)
    return {(path, int(line)) for path, line in places}


def excluded(checkout):
    """The names of functions that errcheck's tests exclude on top of its own."""
    lists = (checkout / "errcheck/testdata/custom_exclude.txt").read_text().split()
    return [name.rpartition(".")[2] + "(" for name in lists if "." in name]


def main():
    checkout, bylaw = outside.arguments("CHECKOUT")
    names = excluded(checkout)
    tally, extra = outside.Tally(), 0
    for folder, mark, options in SUITES:
        files = [file for file in sorted((checkout / folder).glob("*.go")) if not file.name.endswith("_test.go")]
        texts = {file.name: file.read_text() for file in files}
        found = lines_found(bylaw, texts, options)
        wanted = {(name, number) for name, text in texts.items()
                  for number, line in enumerate(text.split("\n"), 1) if re.search(mark, line)}
        for name, number in sorted(wanted):
            tally.compare(f"{folder}/{name}:{number}", True, (name, number) in found)
        for file, number in sorted(found - wanted):
            if folder == "testdata" and any(name in texts[file].split("\n")[number - 1] for name in names):
                tally.leave_out("excluded by name")
                continue
            print(f"{folder}/{file}:{number}: not wanted")
            extra += 1
    tally.report()
    print(f"{extra} more")


main()
