"""oxc-resolver: its tables of exports and imports, and the single requests of its tests on fixtures of its repository.

Packages of the fixtures' node_modules are laid out as packages of the project, since bylaw reads no node_modules.
"""
import json
import os
import re
import shutil

import outside

TABLES = {"exports_field.rs": "exports_field", "imports_field.rs": "imports_field"}
SUITES = ["exports_field.rs", "imports_field.rs", "tsconfig_paths.rs", "tsconfig_extends.rs", "tsconfig_lookup.rs",
          "tsconfig_discovery.rs", "tsconfig_project_references.rs", "tsconfig_root_dirs.rs", "extension_alias.rs",
          "dts_resolver.rs", "scoped_packages.rs"]

# bylaw holds these whatever is asked; others have to stand in `customConditions` of a tsconfig.
ALWAYS = {"source", "types", "import", "require", "module", "module-sync", "node", "node-addons", "development"}

TURNED_OFF = "conditions that the test turns off and that bylaw always holds"

# ---- tables: one package with its exports or imports, and a request ----

CASE = re.compile(r'TestCase \{\s*name: "(?P<name>.*?)",\s*expect: (?P<expect>.*?),\s*'
                  r"(?:ex|im)ports_field: \w+\(&json!\((?P<field>.*?)\)\),\s*"
                  r'request: "(?P<request>.*?)",\s*condition_names: vec!\[(?P<conditions>.*?)\],\s*\}', re.S)


def conditions_of(field):
    """Conditions that the field asks for."""
    if isinstance(field, list):
        return set().union(*map(conditions_of, field))
    if not isinstance(field, dict):
        return set()
    own = {key for key in field if not key.startswith((".", "#"))}
    return own.union(*map(conditions_of, field.values())) if field else own


def config_with(conditions):
    options = {"allowJs": True, "customConditions": sorted(conditions)}
    return json.dumps({"compilerOptions": options})


def targets(field, request):
    """Every path that the field may mean for the request."""
    if isinstance(field, str):
        yield field
    for inner in field if isinstance(field, list) else []:
        yield from targets(inner, request)
    for key, inner in field.items() if isinstance(field, dict) else []:
        before, star, after = key.partition("*")
        fits = star and request.startswith(before) and request.endswith(after)
        rest = request[len(before):len(request) - len(after)] if fits else ""
        slash = request.removeprefix(key) if key.endswith("/") and request.startswith(key) else ""
        for target in targets(inner, request):
            yield target.replace("*", rest) + (slash if target.endswith("/") else "")


def is_code(path):
    return re.search(r"\.[cm]?[jt]sx?$", path) and "*" not in path and "/../" not in path


def run_case(tally, bylaw, kind, case):
    field, request = json.loads(case["field"]), case["request"]
    expected = re.findall(r'"(.*?)"', case["expect"])
    held = set(re.findall(r'"(.*?)"', case["conditions"])) | {"default"}
    if conditions_of(field) & ALWAYS - held:
        return tally.leave_out(TURNED_OFF)
    if re.search(r"[?#]", request[1:]) or len(expected) > 1:
        return tally.leave_out("queries and fragments, several answers")
    if expected and not expected[0].startswith("./"):
        return tally.leave_out("another package's own answer")
    if expected and not is_code(expected[0]):
        return tally.leave_out("a target that is no code")
    name = "subject"
    manifest = {"name": name, "type": "module", kind: field}
    asking = name + request[1:] if kind == "exports" else request
    files = {"tsconfig.json": config_with(held), "subject/package.json": json.dumps(manifest), "subject/asking.mjs": f"import {json.dumps(asking)};\n",
             "other/package.json": '{"name": "other", "dependencies": {"subject": "*"}}',
             "other/asking.mjs": f"import {json.dumps(asking)};\n"}
    for path in expected or filter(is_code, targets(field, request)):
        if path.startswith("./"):
            files["subject/" + path[2:]] = "export const a = 1;\n"
    with outside.Project(files) as project:
        links = project.links(bylaw, "other/asking.mjs" if kind == "exports" else "subject/asking.mjs")
    want = "subject/" + os.path.normpath(expected[0]) if expected else None
    found = links[0].detail if links and links[0].target == "file" else None
    tally.compare(f"{kind} {case['name']}: {request}", want, found)


# ---- requests on fixtures: expressions of paths, the tuples of tables, and the calls between ----

STRING = r'"((?:[^"\\]|\\.)*)"'
PATH = r"(?:super::fixture(?:_root)?\(\)|dts_fixture\(\)|containing_file\(\)|\w+)(?:\.clone\(\)|\.to_path_buf\(\)|\.parent\(\)\.unwrap\(\)|\.join\(\s*" + STRING + r"\s*\))*"
LET = re.compile(r"let (\w+) = (" + PATH + r");")
TUPLE = re.compile(r"^\s*\((.*)\),?\s*(?://.*)?$", re.M)
LOOP = re.compile(r"for \(([\w, ]+)\) in (\w+)")
ROWS = r"let %s = \[(.*?)\n    \];"
CALL = re.compile(r"resolve(?:_file|_dts)?\(\s*&?(" + PATH + r"),\s*" + STRING + r"\)[^;]*;\s*"
                  r"assert_eq!\(\s*\w+(?:\.path\(\))?,\s*(Ok\(|Err\()?(" + PATH + r")?", re.S)
TEST = re.compile(r"^(?:    )?(?:pub )?fn (\w+)\([^)]*\) \{\n(.*?)(?=^(?:    )?(?:#\[test\]|fn |pub fn )|\Z)", re.S | re.M)
BUNDLER = re.compile(r"alias_fields|exports_fields|imports_fields|alias: vec|main_fields|main_files: vec!\[\"(?!index)|"
                     r"fallback:|roots:|restrictions|prefer_relative|enforce_extension|modules: vec|symlinks: false|"
                     r"resolve_to_context|MemoryFS|TempDir|symlink|description_files")


ROOTS = {"super::fixture_root()": ".", "super::fixture()": "enhanced-resolve/test/fixtures",
         "dts_fixture()": "dts-resolver", "containing_file()": "dts-resolver/index.ts"}


class Paths:
    """The variables of a test that hold paths below fixtures/."""

    def __init__(self, text):
        self.known = {}
        for name, expression in re.findall(LET, text) and [(m[1], m[2]) for m in LET.finditer(text)]:
            self.known.setdefault(name, self.value(expression))

    def value(self, expression):
        base = re.match(r"super::\w+\(\)|\w+_\w+\(\)|\w*", expression)[0]
        path = ROOTS.get(base, self.known.get(base))
        for part in re.finditer(r"\.parent\(\)|\.join\(\s*" + STRING, expression):
            path = path and os.path.normpath(os.path.join(path, ".." if part[1] is None else part[1]))
        return path


def split_tuple(text):
    parts, depth, start, quoted = [], 0, 0, False
    for i, c in enumerate(text):
        quoted ^= c == '"' and text[i - 1] != "\\"
        depth += 0 if quoted else (c in "([") - (c in ")]")
        if c == "," and not depth and not quoted:
            parts.append(text[start:i].strip())
            start = i + 1
    return parts + [text[start:].strip()]


GIVEN = re.compile(r"(?:config_file: |manual_resolver\()(" + PATH + r")")


def config_before(text, at, paths):
    """The config that the resolver before this place was given."""
    given = list(GIVEN.finditer(text[:at]))
    return given and paths.value(given[-1][1])


def rows_of(text, paths):
    """(from, request, expected path or None, config given) of each row of a table."""
    for loop in LOOP.finditer(text):
        names = [name.strip() for name in loop[1].split(",")]
        table = None
        for table in re.finditer(ROWS % loop[2], text[:loop.start()], re.S):
            pass
        for row in TUPLE.finditer(table[1] if table else ""):
            cells = dict(zip(names, split_tuple(row[1])))
            at = paths.value(cells.get("dir") or cells.get("path") or "")
            config = config_before(text, loop.start(), paths)
            if "tsconfig" in cells:
                config = at and os.path.join(at, cells["tsconfig"].strip('"'))
            beside = cells.get("importer") or cells.get("from_path")
            at = at and os.path.normpath(os.path.join(at, beside.strip('"'))) if beside else at
            wanted = cells.get("expected", "")
            inner = re.fullmatch(r"Ok\((.*)\)", wanted)
            wanted = inner[1] if inner else wanted
            if wanted.startswith('"'):
                wanted = "f.join(" + wanted + ")"
            fails = not wanted or wanted.startswith("Err") or "error" in cells
            yield at, cells["request"].strip('"'), None if fails else paths.value(wanted), config


def calls_of(text, paths):
    for call in CALL.finditer(text):
        expected = call[5] if call[4] != "Err(" and call[5] else None
        config = config_before(text, call.start(), paths)
        yield paths.value(call[1]), call[3], expected and paths.value(expected), config


def project_root(*paths):
    """The fixture that the paths are of."""
    parts = os.path.commonpath([path for path in paths if path]).split("/")
    top = {"enhanced-resolve": 4, "tsconfig": 1, "dts-resolver": 1}.get(parts[0], 2)
    if parts[:2] == ["tsconfig", "cases"] and len(parts) > 2:
        top = 3
    return "/".join(parts[:top])


def renamed(path):
    return path.replace("node_modules", "packages")


def lay_out(fixtures, root, project):
    for folder, _, names in os.walk(fixtures / root):
        inside = os.path.relpath(folder, fixtures / root)
        for name in names:
            source = os.path.join(folder, name)
            target = project.root / renamed(inside) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if os.path.isfile(source):
                shutil.copyfile(source, target)
        package = re.search(r"(?:^|/)node_modules/((?:@[^/]+/)?[^/@]+)$", inside)
        if package:
            name_package(project.root / renamed(inside) / "package.json", package[1])


def name_package(manifest, name):
    try:
        told = json.loads(manifest.read_text(encoding="utf-8-sig")) if manifest.exists() else {}
    except ValueError:
        return
    if isinstance(told, dict):
        manifest.parent.mkdir(parents=True, exist_ok=True)
        manifest.write_text(json.dumps(told | {"name": name}), encoding="utf-8")


def turned_off(fixtures, at, request, held):
    """Does the manifest that the request is about name conditions that the test does not hold, but bylaw does?"""
    name = re.match(r"(?:@[^/]+/)?[^/]*", request)[0]
    inside = "package.json" if request.startswith("#") else f"node_modules/{name}/package.json"
    for folder in [fixtures / at, *(fixtures / at).parents]:
        if (folder / inside).is_file():
            told = json.loads((folder / inside).read_text(encoding="utf-8-sig"))
            return conditions_of([told.get("exports"), told.get("imports")]) & ALWAYS - held
    return False


def by_hand(fixtures, at, config):
    """Is the config another one than would be found from the file or folder?"""
    config = fixtures / config if config.endswith(".json") else fixtures / config / "tsconfig.json"
    above = [fixtures / at, *(fixtures / at).parents]
    return next((f / "tsconfig.json" for f in above if (f / "tsconfig.json").is_file()), None) != config


def ask(fixtures, bylaw, at, request, expected, held):
    """Where the request leads, asked by the file `at`, or by a file put into the folder `at`."""
    root = project_root(at, expected) if expected else project_root(at)
    with outside.Project() as project:
        lay_out(fixtures, root, project)
        asking = os.path.relpath(at, root)
        if not is_code(asking) and not asking.endswith((".vue", ".svelte")):
            asking = os.path.normpath(os.path.join(asking, "asking.ts"))
        asking = renamed(asking)
        file = project.root / asking
        file.parent.mkdir(parents=True, exist_ok=True)
        line = f"import {json.dumps(renamed(request))};\n"
        if held and not (project.root / "tsconfig.json").exists():
            project.write("tsconfig.json", config_with(held))
        file.write_text(f"<script>\n{line}</script>\n" if file.suffix in (".vue", ".svelte") else line, encoding="utf-8")
        links = project.links(bylaw, asking)
    want = renamed(os.path.relpath(expected, root)) if expected else None
    return want, links[0].detail if links and links[0].target in ("file", "a file that is not read") else None


def run_fixtures(tally, bylaw, fixtures, suite, text):
    for name, body in TEST.findall(text):
        paths, held = Paths(body), set(re.findall(r'"(.*?)"', "".join(re.findall(r"condition_names: vec!\[(.*?)\]", body))))
        for at, request, expected, config in [*rows_of(body, paths), *calls_of(body, paths)]:
            case = f"{suite} {name}: {at} asks for {request}"
            if not at or re.search(r"[?#].", request[1:]) or request.startswith("/"):
                tally.leave_out("queries, absolute paths, what no file asks for")
            elif config and by_hand(fixtures, at, config):
                tally.leave_out("a config given by hand")
            elif BUNDLER.search(body):
                tally.leave_out("options of bundlers")
            elif expected and not is_code(expected):
                tally.leave_out("a target that is no code")
            elif not (fixtures / at).exists() and not (fixtures / at).parent.exists():
                tally.leave_out("files that the test makes itself")
            elif (fixtures / at).is_file() and not is_code(at) and not at.endswith((".vue", ".svelte")):
                tally.leave_out("asked by what is no code")
            elif turned_off(fixtures, at, request, held):
                tally.leave_out(TURNED_OFF)
            else:
                tally.compare(case, *ask(fixtures, bylaw, at, request, expected, held))


def main():
    checkout, bylaw = outside.arguments("OXC_RESOLVER")
    tally = outside.Tally()
    for suite in SUITES:
        text = re.sub(r"^\s*//.*\n", "", (checkout / "src/tests" / suite).read_text(encoding="utf-8"), flags=re.M)
        for case in CASE.finditer(text):
            run_case(tally, bylaw, TABLES[suite].removesuffix("_field"), case)
        run_fixtures(tally, bylaw, checkout / "fixtures", suite, text)
    tally.report()


main()
