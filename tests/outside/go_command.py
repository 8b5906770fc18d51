"""The go command's test scripts: where `go list` says that imports lead, and where bylaw says.

Takes GOROOT instead of a checkout, for its src/cmd/go/testdata/script. Nothing is downloaded: GOPROXY is off.
"""
import json
import os
import pathlib
import re
import subprocess

import outside

MARK = re.compile(r"^-- (.+?) --\n", re.M)


def unpack(script):
    """path → text of what stands behind the script's commands."""
    _, *parts = MARK.split(script)
    return dict(zip(parts[::2], parts[1::2]))


def listed(folder):
    """What `go list` says of the packages below a module's folder and of what they import."""
    environment = os.environ | {"GOPROXY": "off", "GOFLAGS": "-mod=mod", "GOTOOLCHAIN": "local", "GONOSUMDB": "*",
                                "GO111MODULE": "on", "GOWORK": "", "CGO_ENABLED": "1"}
    fields = "-json=ImportPath,Dir,Standard,DepOnly,GoFiles,TestGoFiles,XTestGoFiles,ImportMap,Error,DepsErrors,Module"
    try:
        told = subprocess.run(["go", "list", "-e", "-deps", "-test", fields, "./..."], cwd=folder, env=environment,
                              capture_output=True, text=True, check=False, timeout=60).stdout
    except subprocess.TimeoutExpired:
        return []
    decoder, at, packages = json.JSONDecoder(), 0, []
    while at < len(told.rstrip()):
        package, at = decoder.raw_decode(told, at)
        packages.append(package)
        at += len(told[at:]) - len(told[at:].lstrip())
    return packages


def refused(package, name):
    told = [package.get("Error")] + (package.get("DepsErrors") or [])
    errors = " ".join(error["Err"] for error in told if error)
    return f"use of internal package {name} not allowed" in errors


def place(root, package):
    if package is None or not package.get("Dir"):
        return "not found"
    if package.get("Standard"):
        return "library"
    inside = os.path.relpath(package["Dir"], root)
    return "library" if inside.startswith("..") else inside


def answer(link):
    if link.target == "Go package":
        return link.detail
    return "not found" if link.target == "unresolved" else link.target


def would_be_fetched(project, package, found):
    """A library, or a module that lies beside: bylaw takes it, `go list` asks for a version of it."""
    if found == "library":
        return True
    own = package.get("Module", {}).get("Dir", "")
    return found != "not found" and own and nearest_module(project.root / found) != pathlib.Path(own)


def nearest_module(folder):
    return next(at for at in (folder, *folder.parents) if (at / "go.mod").exists() or at == at.parent)


def compare(tally, bylaw, case, project):
    for manifest in sorted(project.root.rglob("go.mod")):
        packages = listed(manifest.parent)
        known = {package["ImportPath"]: package for package in packages}
        for package in packages:
            listed_here = not package.get("DepOnly") and not package.get("Standard") and package.get("Dir")
            if listed_here and " " not in package["ImportPath"] and not package["ImportPath"].endswith(".test"):
                compare_package(tally, bylaw, case, project, package, known)


def compare_package(tally, bylaw, case, project, package, known):
    for name in [name for kind in ("GoFiles", "TestGoFiles", "XTestGoFiles") for name in package.get(kind, [])]:
        path = os.path.relpath(os.path.join(package["Dir"], name), project.root)
        for link in project.links(bylaw, path):
            if link.name in ("C", "unsafe"):
                continue
            target = known.get(package.get("ImportMap", {}).get(link.name, link.name))
            want = "not found" if refused(package, link.name) else place(project.root, target)
            found = answer(link)
            if want == "not found" and would_be_fetched(project, package, found):
                tally.leave_out("imports of modules that would be fetched")
            else:
                tally.compare(f"{case}: {path} imports {link.name}", want, found)


def main():
    goroot, bylaw = outside.arguments("GOROOT")
    tally = outside.Tally()
    for script in sorted((goroot / "src/cmd/go/testdata/script").glob("*.txt")):
        files = unpack(script.read_text(encoding="utf-8", errors="surrogateescape"))
        go = [text for path, text in files.items() if path.endswith(".go")]
        if not go:
            tally.leave_out("scripts without a Go file")
        elif not any(path.endswith("go.mod") for path in files):
            tally.leave_out("scripts without a go.mod")
        elif not any(re.search(r"^import\b", text, re.M) for text in go):
            tally.leave_out("scripts without an import")
        elif any("$" in path for path in files):
            tally.leave_out("scripts with paths of the environment")
        else:
            with outside.Project(files) as project:
                compare(tally, bylaw, script.stem, project)
    tally.report()


main()
