"""grimp's import scanner: its own tests run with the scanner exchanged for bylaw, and what they assert is compared."""
import ast
import importlib.util
import itertools
import pathlib
import sys
import textwrap
import types

import outside

ROOT = "/path/to/"


class Recorded:
    """What a scan was asked; the assertion that compares it says what was expected."""

    def __init__(self, asked):
        self.asked, self.expected = asked, None

    def __eq__(self, expected):
        self.expected = expected
        return True


class Scanner(types.ModuleType):
    def __init__(self):
        super().__init__("scanning")
        self.file_system, self.recorded = None, []

    def scan_imports(self, _, found_packages, exclude_type_checking_imports, **options):
        asked = (self.file_system, found_packages, exclude_type_checking_imports)
        self.recorded.append(Recorded(asked))
        return self.recorded[-1]


def stand_ins(checkout, scanner):
    """The modules that its tests import: its own value objects, and nothing else of it."""

    class Settings:
        def __init__(self, FILE_SYSTEM):
            scanner.file_system = FILE_SYSTEM

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return False

    def parametrize(names, values):
        return lambda test: setattr(test, "rows", getattr(test, "rows", []) + [(names, values)]) or test

    grimp = types.ModuleType("grimp")
    grimp.__path__ = [str(checkout / "src/grimp")]
    grimp._rustgrimp = types.SimpleNamespace(FakeBasicFileSystem=lambda content_map, **_: content_map)
    application = types.ModuleType("grimp.application")
    application.__path__ = [str(checkout / "src/grimp/application")]
    application.scanning = scanner
    pytest = types.SimpleNamespace(mark=types.SimpleNamespace(parametrize=parametrize))
    config = types.SimpleNamespace(override_settings=Settings)
    sys.modules |= {"grimp": grimp, "grimp.application": application, "pytest": pytest,
                    "tests": types.ModuleType("tests"), "tests.config": config}


def calls(test):
    """A test's arguments, for every combination of its parameters."""
    rows = []
    for names, values in getattr(test, "rows", []):
        names = [name.strip() for name in names.split(",")]
        rows.append([dict(zip(names, value if len(names) > 1 else [value])) for value in values])
    for choice in itertools.product(*rows):
        yield {name: value for part in choice for name, value in part.items()}


def lay_out(contents, packages):
    """path → text, and module → path."""
    files = {path.removeprefix(ROOT): textwrap.dedent(text) for path, text in contents.items()}
    modules = {file.module.name for package in packages for file in package.module_files}
    places = {}
    for module in sorted(modules):
        path = module.replace(".", "/")
        package = f"{path}/__init__.py" in files or any(other.startswith(module + ".") for other in modules)
        places[module] = f"{path}/__init__.py" if package and f"{path}.py" not in files else f"{path}.py"
        files.setdefault(places[module], "")
    return files, places


def parses(files):
    try:
        return all(ast.parse(text) for text in files.values())
    except SyntaxError:
        return False


def compare(tally, bylaw, case, recorded):
    contents, packages, excludes = recorded.asked
    if excludes:
        return tally.leave_out("without imports for type checking: an option of the scanner")
    files, places = lay_out(contents, packages)
    if not parses(files):
        return tally.leave_out("no Python")
    with outside.Project(files) as project:
        for importer, imports in recorded.expected.items():
            expected = {places[i.imported.name] for i in imports if i.imported.name in places}
            links = project.links(bylaw, places[importer.module.name])
            found = {link.detail for link in links if link.target == "file"}
            tally.compare(f"{case}, {importer.module.name}", sorted(expected), sorted(found))


def main():
    checkout, bylaw = outside.arguments("GRIMP")
    scanner, tally = Scanner(), outside.Tally()
    stand_ins(checkout, scanner)
    spec = importlib.util.spec_from_file_location("cases", checkout / "tests/unit/application/test_scanning.py")
    cases = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(cases)
    for name, test in vars(cases).items():
        if not name.startswith("test_"):
            continue
        for arguments in calls(test):
            test(**arguments)
            compare(tally, bylaw, f"{name} {arguments or ''}".replace("\n", " ")[:200], scanner.recorded[-1])
    tally.report()


main()
