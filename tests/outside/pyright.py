"""Pyright's importResolver.test.ts: is an import found among the files that its case lists?"""
import json
import re

import outside

TEST = re.compile(r"^( +)test\((['\"])(.*?)\2, \(\) => \{\n(.*?)\n\1\}\);", re.S | re.M)
FILE = re.compile(r"path: combinePaths\((.*?)\),\n\s*content: '(.*?)'", re.S)
ASKED = re.compile(r"getImportResult\(files, \[(.*?)\]")
FOUND = re.compile(r"assert\((!?)importResult\.isImportFound\)")
TARGET = re.compile(r"getFilePath\(\) === combinePaths\((.*?)\)")
EXTRA = re.compile(r"UriEx\.file\(combinePaths\((.*?)\)\)")


def path(arguments):
    return "/".join(re.findall(r"'(.*?)'", arguments)).replace("//", "/").lstrip("/")


def expected(text):
    if FOUND.search(text)[1]:
        return None
    target = TARGET.search(text)
    return path(target[1]) if target else "found"


def run(bylaw, tally, case, text):
    asked = ASKED.search(text)
    if re.search("libraryRoot|site-packages|typeshed|typingFolder", text, re.I):
        return tally.leave_out("site-packages, typeshed and stubs apart")
    if not asked or not FOUND.search(text):
        return tally.leave_out("asks for something else than one import")
    files = {path(at): body for at, body in FILE.findall(text)}
    importer = list(files)[-1]
    name = ".".join(re.findall(r"'(.*?)'", asked[1]))
    extra = [path(at) for at in EXTRA.findall(text)]
    if extra:
        files["pyrightconfig.json"] = json.dumps({"extraPaths": extra})
    with outside.Project(files) as project:
        # The last file asks, though it may be the one that is asked for: so a file beside it does.
        asking = importer.rpartition("/")[0] + "/asking.py" if not extra else "asking.py"
        asking = asking.lstrip("/")
        project.write(asking, f"import {name}\n")
        link = project.links(bylaw, asking)[0]
    want = expected(text)
    found = link.detail if link.target == "file" else None
    tally.compare(case, want, "found" if want == "found" and found else found)


def main():
    checkout, bylaw = outside.arguments("PYRIGHT")
    tally = outside.Tally()
    tests = checkout / "packages/pyright-internal/src/tests/importResolver.test.ts"
    for _, _, case, text in TEST.findall(tests.read_text(encoding="utf-8")):
        run(bylaw, tally, case, text)
    tally.report()


main()
