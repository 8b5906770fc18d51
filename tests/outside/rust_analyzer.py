"""rust-analyzer's fixtures of name resolution: which module has which names, by its own and by imports.

Every name of a fixture is asked for in every module of its crate, from a module put inside, so that private ones are
seen: those that the fixture lists have to be found, the others not.
"""
import re
import textwrap

import outside

SUITES = ["tests.rs", "tests/mod_resolution.rs", "tests/globs.rs", "tests/imports.rs"]
TEST = re.compile(r"^fn (\w+)\(\) \{\n(.*?)(?=^#\[test\]|\Z)", re.S | re.M)
CHECK = re.compile(r'check\(\s*r(#*)"(.*?)"\1,\s*expect!\[\[r#"(.*?)"#\]\],?\s*\)', re.S)
HEAD = re.compile(r"^//- /(\S+)(.*)$", re.M)
# A comment or string is passed over; a module is opened, or declared with the attribute before it.
TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\])*"|(?:#\[path *= *r?"([^"]*)"\][^\n]*\n\s*)?(?:\bpub(?:\([^)]*\))?\s+)?'
                   r'\bmod\s+((?:r#)?\w+)\s*([;{])|[{}]', re.S)
PROBE = "bylaw_asks"

UNANSWERABLE = {
    "cfg_attr": r"#!?\[cfg",
    "macros 2.0": r"^\s*(?:pub )?macro \w+",
    "an option of the command line": r"extern-prelude:|noprelude",
    "the compiler's own attribute": r"prelude_import|rustc_",
}


def split(fixture):
    """path → text, and path of each crate's root → its options."""
    fixture = textwrap.dedent(fixture)
    heads = list(HEAD.finditer(fixture))
    if not heads:
        return {"main.rs": fixture}, {"main.rs": {}}
    files, crates = {}, {}
    for head, after in zip(heads, heads[1:] + [None]):
        options = dict(o.split(":", 1) for o in head[2].split() if ":" in o)
        files[head[1].lstrip("/")] = fixture[head.end():after.start() if after else None]
        if "crate" in options or not crates and re.fullmatch(r"/(?:lib|main)\.rs", head[1]):
            crates[head[1].lstrip("/")] = options
    return files, crates or {heads[0][1].lstrip("/"): {}}


def crate_name(root, options):
    return options.get("crate", "fixture").split(",")[0]


def manifests(crates):
    made = {}
    for root, options in crates.items():
        name = crate_name(root, options)
        text = f'[package]\nname = "{name}"\nversion = "0.1.0"\nedition = "{options.get("edition", "2021")}"\n'
        text += f'[lib]\nname = "{name}"\npath = "../../src/{root}"\n[dependencies]\n'
        for dependency in filter(None, options.get("deps", "").split(",")):
            text += f'{dependency} = {{ path = "../{dependency}" }}\n'
        made[f"crates/{name}/Cargo.toml"] = text
    return made


def asked_crate(crates):
    """The crate that nobody depends on, which is the one that a fixture is about."""
    used = {d for options in crates.values() for d in options.get("deps", "").split(",")}
    return next(root for root, options in crates.items() if crate_name(root, options) not in used)


def plain(name):
    return name.removeprefix("r#")


def folder(path):
    return path.rpartition("/")[0]


def join(*parts):
    kept = []
    for part in "/".join(parts).split("/"):
        if part == ".." and kept:
            kept.pop()
        elif part not in ("", "."):
            kept.append(part)
    return "/".join(kept)


def modules(files, path, name="crate", owns=True):
    """(name of a module, its file, where in the text its items start), through the files."""
    yield name, path, 0
    here = folder(path) if owns else join(folder(path), path.rpartition("/")[2].removesuffix(".rs"))
    stack = [(name, here)]
    for token in TOKEN.finditer(files[path]):
        around, below = next(s for s in reversed(stack) if s)
        given = token[1] is not None and join(below if len(stack) > 1 else folder(path), token[1].replace("\\", "/"))
        if token[3] == "{":
            inner = f"{around}::{token[2]}"
            stack.append((inner, given if token[1] is not None else join(below, plain(token[2]))))
            yield inner, path, token.end()
        elif token[3] == ";":
            usual = join(below, plain(token[2]))
            tries = [given] if token[1] is not None else [usual + ".rs", usual + "/mod.rs"]
            for at in filter(files.__contains__, tries):
                yield from modules(files, at, f"{around}::{token[2]}", bool(given) or at.endswith("mod.rs"))
        elif token[0] == "{":
            stack.append(None)
        elif token[0] == "}" and len(stack) > 1:
            stack.pop()


def listed(expected):
    """module → names that it has, and names that it asks for in vain."""
    have = {}
    for block in textwrap.dedent(expected).strip().split("\n\n"):
        head, *rows = block.split("\n")
        names = [re.fullmatch(r"- (\(legacy\) )?(\S+) : (.*)", row) for row in rows]
        have[head] = {n[2]: n[3] != "_" for n in names if n and not n[1] and n[2] != "_"}
    return have


def with_probes(files, places, names):
    """The files with a module in each module that asks for all names."""
    asks = f"mod {PROBE} {{ use super::{{{', '.join(names)}}}; }} "
    edits = {}
    for path, at in places.values():
        edits.setdefault(path, set()).add(at)
    probed = dict(files)
    for path, positions in edits.items():
        text = files[path]
        for at in sorted(positions, reverse=True):
            # Attributes of the file stand before everything.
            at = at or len(re.match(r"(?:\s|#!\[[^\n]*\]|//[^\n]*\n)*", text)[0])
            text = text[:at] + asks + text[at:]
        probed[path] = text
    return probed


def is_there(link):
    """A module without a file is there, too; what a macro may have declared is not known."""
    return link.target in ("file", "library") or link.detail == "no such file"


def answers(whys, places, names):
    """module → the names found in it. Probes of a file are in the order in which they stand."""
    found = {}
    for path in {path for path, _ in places.values()}:
        here = sorted((at, module) for module, (p, at) in places.items() if p == path)
        rows = [link for link in outside.links_of(whys[path]) if link.name.startswith("super::")]
        rows = [r for r in rows if r.name.removeprefix("super::") in names]
        for start in range(len(rows) - len(names) + 1):
            window = rows[start:start + len(names)]
            if here and [r.name.removeprefix("super::") for r in window] == names:
                _, module = here.pop(0)
                found[module] = {n for n, r in zip(names, window) if is_there(r)}
    return found


def compare(tally, bylaw, case, fixture, expected):
    files, crates = split(fixture)
    have = listed(expected)
    names = sorted({name for rows in have.values() for name in rows})
    places = {}
    for module, path, at in modules(files, asked_crate(crates)):
        places.setdefault(module, (path, at))
    have = {module: rows for module, rows in have.items() if rows or module in places}
    if not have.keys() <= places.keys():
        return tally.leave_out("modules that are not found without expanding or repairing the text")
    places = {module: places[module] for module in have}
    if not names:
        return tally.leave_out("without names")
    probed = with_probes(files, places, names)
    layout = {f"src/{path}": text for path, text in probed.items()} | manifests(crates)
    with outside.Project(layout) as project:
        whys = {path: project.why(bylaw, f"src/{path}") for path in files}
    if any("\nparsed: " in why for why in whys.values()):
        return tally.leave_out("does not parse")
    if any(link.detail.endswith("declared by a macro") for why in whys.values() for link in outside.links_of(why)):
        return tally.leave_out("a macro expanded")
    found = answers(whys, places, names)
    want = {module: sorted(n for n in names if have[module].get(n)) for module in have}
    got = {module: sorted(found.get(module, ())) for module in have}
    tally.compare(case, {m: want[m] for m in want if want[m] != got[m]}, {m: got[m] for m in want if want[m] != got[m]})


def main():
    checkout, bylaw = outside.arguments("RUST_ANALYZER")
    tally = outside.Tally()
    for suite in SUITES:
        text = (checkout / "crates/hir-def/src/nameres" / suite).read_text(encoding="utf-8")
        for case, body in TEST.findall(text):
            for _, fixture, expected in CHECK.findall(body):
                reason = next((why for why, sign in UNANSWERABLE.items() if re.search(sign, fixture, re.M)), None)
                if reason:
                    tally.leave_out(reason)
                else:
                    compare(tally, bylaw, case, fixture, expected)
    tally.report()


main()
