"""get-tsconfig: on the fixtures that its tests make, which tsconfig.json a file belongs to, and where names lead.

Both are asked of the library itself (get_tsconfig.mjs), so its checkout needs `npm install --ignore-scripts` first.
"""
import json
import pathlib
import re
import shutil
import subprocess
import tempfile

import outside

SPECS = ["create-files-matcher", "create-paths-matcher", "get-tsconfig", "find-tsconfig",
         "parse-tsconfig/parses.spec", "parse-tsconfig/extends/merges.spec",
         "parse-tsconfig/extends/resolves/relative-path.spec", "parse-tsconfig/extends/resolves/node-modules.spec",
         "parse-tsconfig/extends/resolves/absolute-path.spec", "parse-tsconfig/extends/resolves/symbolic-link.spec"]
STANDS_IN = re.compile(r"'(?:manten|fs-fixture|#get-tsconfig|[./]*/utils/typescript-helpers\.js)'")


def record(checkout):
    """The fixtures of the tests, each with what the library says of it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder)
        for part in ("src", "tests"):
            shutil.copytree(checkout / part, copy / part)
        (copy / "node_modules").symlink_to(checkout / "node_modules")
        (copy / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        recorder = copy / "tests/recorder.mjs"
        shutil.copyfile(pathlib.Path(__file__).with_suffix(".mjs"), recorder)
        for spec in (copy / "tests/specs").rglob("*.ts"):
            up = "../" * (len(spec.relative_to(copy / "tests").parts) - 1)
            spec.write_text(STANDS_IN.sub(f"'{up}recorder.mjs'", spec.read_text(encoding="utf-8")), encoding="utf-8")
        imports = "".join(f"import s{i} from './specs/{spec}.ts';\n" for i, spec in enumerate(SPECS))
        suites = ", ".join(f"s{i}" for i in range(len(SPECS)))
        start = f"import {{ record }} from './recorder.mjs';\n{imports}await record([{suites}]);\n"
        (copy / "tests/all.ts").write_text(start, encoding="utf-8")
        told = subprocess.run(["node_modules/.bin/tsx", "tests/all.ts"], cwd=copy, stdout=subprocess.PIPE, text=True,
                              check=True)
    return json.loads(told.stdout)


def is_read(path):
    parts = path.split("/")
    return "node_modules" not in parts and not any(part.startswith(".") for part in parts)


def is_code(path):
    return re.search(r"\.[cm]?[jt]sx?$", path)


def unanswerable(fixture):
    files = fixture["files"]
    if any(text is None for text in files.values()):
        return "symbolic links"
    if any(fixture["root"].rstrip("/") in text for text in files.values()):
        return "absolute paths"
    if any(not path.endswith(".json") and text.lstrip().startswith("{") for path, text in files.items()):
        return "bases whose names do not end in .json"
    if not all(config["parsed"] for config in fixture["configs"].values()):
        return "a broken config: bylaw goes on without what is broken"
    if not fixture["configs"]:
        return "without a tsconfig.json"
    return None


def owner(fixture, file):
    """The nearest tsconfig.json that includes the file, as the library says of each."""
    for folder in pathlib.PurePosixPath(file).parents:
        name = str(folder / "tsconfig.json")
        if file in fixture["configs"].get(name, {}).get("included", []):
            return name
    return None


def compare_files(tally, bylaw, fixture):
    with outside.Project(fixture["files"]) as project:
        for file in filter(is_code, fixture["files"]):
            if not is_read(file):
                tally.leave_out("files in hidden folders and node_modules")
                continue
            why = project.why(bylaw, file)
            if "\nnot read: " in why:
                tally.leave_out("minified files, which bylaw does not read")
                continue
            told = re.search(r"^tsconfig: (\S+)( \(the nearest)?", why, re.M)
            found = told[1] if told and not told[2] else None
            tally.compare(f"{fixture['suite']}: {file} belongs to", owner(fixture, file), found)


def compare_names(tally, bylaw, fixture, name, leads):
    """Each target that the library tries, when those before it have no file."""
    folder = pathlib.PurePosixPath(name).parent
    for specifier, targets in leads:
        if any(target.startswith("..") or not is_read(target) for target in targets):
            tally.leave_out("targets outside the project or in hidden folders")
            continue
        if specifier.startswith((".", "/")):
            tally.leave_out("relative names, which are no aliases")
            continue
        for first in range(len(targets)) or [None]:
            files = dict(fixture["files"])
            tries = targets[first:] if targets else []
            made = [target if is_code(target) else target + ".ts" for target in tries]
            files |= {target: "export const a = 1;\n" for target in made}
            asking = str(folder / "bylaw_asks.ts")
            files[asking] = f"import {json.dumps(specifier)};\n"
            with outside.Project(files) as project:
                links = project.links(bylaw, asking)
            found = links[0].detail if links and links[0].target == "file" else None
            tally.compare(f"{fixture['suite']}: {specifier}", made[0] if made else None, found)


def main():
    checkout, bylaw = outside.arguments("GET_TSCONFIG")
    tally = outside.Tally()
    for fixture in record(checkout):
        reason = unanswerable(fixture)
        if reason:
            tally.leave_out("fixtures: " + reason)
            continue
        compare_files(tally, bylaw, fixture)
        for name, config in fixture["configs"].items():
            compare_names(tally, bylaw, fixture, name, config["leads"])
    tally.report()


main()
