"""bump-pydantic's tests: what it changes is Pydantic V1, what it makes of that, and what it leaves alone, is not.

Takes a checkout of pydantic/bump-pydantic. Each test of its unit tests that lays out code is read, as are the files of its
integration tests (run by Python: they are lists of lines). Counted are texts: one that is to be changed, and one that is not. A
test that is expected to fail there, or has its code from a parameter, is left out.

What `check --fix` makes of a text that is to be changed is counted, too: does it say what bump-pydantic makes of it, but for its
layout and the order of imported names? Texts of which `--fix` changes nothing are left out, with what is in them that it does not
change.
"""
import ast
import re
import sys
import textwrap

import outside

LEFT_OUT = {
    "test_add_default_none.py": "what Optional means without a default is no name of V1",
    "test_add_annotations.py": "fields without an annotation are refused by Pydantic itself",
    "test_con_func.py": "constr and its like are in V2, too",
    "test_glob_helpers.py": "no code",
    "test_class_def_visitor.py": "no code that is changed",
}


V1_IMPORT = re.compile(r"^from pydantic import .*\b(BaseSettings|Extra|validator)\b", re.M)


def unclear(text, before, after):
    """Why a text says nothing: it is no whole migration, or none that a name tells of."""
    if "TODO[pydantic]" in text:
        return "is V1 still: bump-pydantic leaves it, and a remark"
    if text == after and text != before and V1_IMPORT.search(text):
        return "is V1 still: another of its codemods changes that"
    if before != after and before == after.replace(" = None", ""):
        return LEFT_OUT["test_add_default_none.py"]
    return None


class Sorted(ast.NodeTransformer):
    """Imports one name a statement, in order, at the top of their block: their order and grouping is layout."""

    def visit_Module(self, node):
        imports = sorted({f"from {i.module} import {name.name} as {name.asname}" for i in node.body
                          if isinstance(i, ast.ImportFrom) for name in i.names})
        node.body = [ast.Expr(ast.Constant(text)) for text in imports] + [
            self.visit(i) for i in node.body if not isinstance(i, ast.ImportFrom)]
        return node


def normalised(text):
    try:
        return ast.unparse(ast.fix_missing_locations(Sorted().visit(ast.parse(text))))
    except SyntaxError:
        return f"does not parse: {text}"


STAYS = [  # the first word that is in a text tells why it is left as it is
    ("TODO[pydantic]", "nor does bump-pydantic, but for a remark"),
    ("BaseSettings", "moved to a package of its own, which has to be installed"),
    ("__root__", "a model of another kind"),
    ("GenericModel", "a base that goes"),
    ("Color", "moved to a package of its own, which has to be installed"),
    ("PaymentCard", "moved to a package of its own, which has to be installed"),
    ("__get_validators__", "another protocol"),
    ("__modify_schema__", "another protocol"),
    ("const=", "the field's type changes with it"),
    ("example=", "no argument of V1"),
    ("unique_items", "the field's type changes with it"),
    ("root_validator(pre=False", "is handed the model in V2, not its values"),
    ("", "names that moved, fields without a default: told of, or left"),
]


def compare_fix(tally, bylaw, case, files, path, before, after):
    """What --fix makes of one text."""
    with outside.Project(files) as project:
        project.fix(bylaw, "python/pydantic-v2")
        fixed = (project.root / path).read_text(encoding="utf-8")
        rest = [found for found, _, _ in project.findings(bylaw, "python/pydantic-v2") if found == path]
    if fixed == before or rest:
        how = "not at all" if fixed == before else "in part"
        tally.leave_out(f"{how}: " + next(reason for word, reason in STAYS if word in before + after))
    elif "TODO[pydantic]" in after:
        tally.leave_out("whole, where bump-pydantic leaves a remark")
    else:
        tally.compare(f"{case}: fix", normalised(after), normalised(fixed))


def compare(tally, bylaw, case, files, path, before, after):
    """One text among the files of its project: is it accused just when it is to be changed?"""
    reason = unclear(files[path], before, after)
    if reason:
        tally.leave_out(reason)
        return
    with outside.Project(files) as project:
        accused = {found for found, _, _ in project.findings(bylaw, "python/pydantic-v2")}
    tally.compare(case, files[path] == before and before != after, path in accused)


def texts_of(function):
    """The texts that a test keeps in variables."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
                yield node.targets[0].id, textwrap.dedent(node.value.value)


def is_expected_to_fail(function):
    return any("xfail" in ast.dump(decorator) for decorator in function.decorator_list)


def unit(tally, fixes, bylaw, tests):
    for file in sorted(tests.glob("test_*.py")):
        functions = [node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
                     if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
        for function in functions:
            texts = dict(texts_of(function))
            if file.name in LEFT_OUT or is_expected_to_fail(function) or not {"before", "code"} & texts.keys():
                tally.leave_out(LEFT_OUT.get(file.name, "expected to fail, or without code of its own"))
                continue
            before = texts.get("before", texts.get("code"))
            after = texts.get("after", before)
            if before != after:
                compare_fix(fixes, bylaw, f"{file.name}:{function.lineno}", {"app/models.py": before}, "app/models.py", before, after)
            for text in {before, after}:
                compare(tally, bylaw, f"{file.name}:{function.lineno}", {"app/models.py": text}, "app/models.py", before, after)


def files_of(item, folder=""):
    if hasattr(item, "files"):
        return [found for inner in item.files for found in files_of(inner, f"{folder}{item.name}/")]
    content = item.content.decode("utf-8", "replace") if isinstance(item.content, bytes) else item.content
    return [(folder + item.name, content or "")]


def integration(tally, fixes, bylaw, checkout):
    sys.path.insert(0, str(checkout))
    from tests.integration.cases import cases  # pylint: disable=import-outside-toplevel,import-error
    for case in cases:
        before, after = dict(files_of(case.source)), dict(files_of(case.expected))
        for path in before:
            if before[path] != after.get(path, ""):
                compare_fix(fixes, bylaw, f"{case.name}: {path}", before, path, before[path], after.get(path, ""))
        for files in (before, after):
            for path in files:
                compare(tally, bylaw, f"{case.name}: {path}", files, path, before[path], after.get(path, ""))


def main():
    checkout, bylaw = outside.arguments("BUMP_PYDANTIC")
    tally, fixes = outside.Tally(), outside.Tally()
    unit(tally, fixes, bylaw, checkout / "tests/unit")
    integration(tally, fixes, bylaw, checkout)
    print("findings:", end=" ")
    tally.report()
    print("fixes:", end=" ")
    fixes.report()


main()
