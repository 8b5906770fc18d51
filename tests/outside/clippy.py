"""clippy's UI tests of the lints that our Rust rules mean, too: the lines they mark and those that bylaw finds.

    python3 tests/outside/clippy.py path/to/rust-clippy build/release/bylaw

A file becomes the src/lib.rs of a crate that serves, with `strict`; its main is called otherwise, for what main does is startup to us (exit
is allowed in main by both, and keeps it). A case is a line with a mark (`//~^ unwrap_used`) of one of the lints, or one with a finding of
their rules and no mark at all. Left out are marks in the body of a macro_rules!, where a macro of the file or of clippy's helpers is
called, and in code for tests; and findings of a lint that the file does not turn on.
"""
import pathlib
import re
import subprocess

import outside

PANICS = "unwrap_used expect_used panic todo unimplemented unreachable exit let_underscore_future"
FILES = {
    "ui/unwrap_expect_used.rs": "rust/handle-errors",
    "ui/expect.rs": "rust/handle-errors",
    "ui/unwrap.rs": "rust/handle-errors",
    "ui/get_unwrap.rs": "rust/handle-errors",
    "ui-toml/unwrap_used/unwrap_used.rs": "rust/handle-errors",
    "ui-toml/expect_used/expect_used.rs": "rust/handle-errors",
    "ui-toml/panic/panic.rs": "rust/handle-errors",
    "ui/panicking_macros.rs": "rust/handle-errors",
    "ui/exit1.rs": "rust/handle-errors",
    "ui/exit2.rs": "rust/handle-errors",
    "ui/exit3.rs": "rust/handle-errors",
    "ui/exit4.rs": "rust/handle-errors",
    "ui/let_underscore_future.rs": "rust/handle-errors",
    "ui/print_stdout.rs": "rust/no-print",
    "ui/print_stderr.rs": "rust/no-print",
    "ui-toml/print_macro/print_macro.rs": "rust/no-print",
    "ui/dbg_macro/dbg_macro.rs": "rust/no-print",
    "ui/dbg_macro/dbg_macro_unfixable.rs": "rust/no-print",
    "ui-toml/dbg_macro/dbg_macro.rs": "rust/no-print",
    "ui/await_holding_lock.rs": "rust/async-blocking",
}
LINTS = {
    "rust/handle-errors": PANICS.split(),
    "rust/no-print": ["print_stdout", "print_stderr", "dbg_macro"],
    "rust/async-blocking": ["ERROR: this `MutexGuard`"],
}
MARK = re.compile(r"//~([\^v]*|\|) *(.*)")
WORDS = {
    "eprint": "print_stderr", "print": "print_stdout", "dbg!": "dbg_macro", "panic!": "panic", "todo!": "todo",
    "unimplemented!": "unimplemented", "unreachable!": "unreachable", "unwrap": "unwrap_used", "expect": "expect_used",
    "exit": "exit",
}
MANIFEST = '[package]\nname = "{name}"\nedition = "2021"\n\n[dependencies]\naxum = "0.8"\nparking_lot = "0.12"\n'
CONFIG = "rules:\n" + "".join(f"  {rule}:\n    options: {{ strict: true }}\n" for rule in LINTS)


def marks(lines):
    """Line → what is said of it."""
    said, last = {}, 0
    for number, line in enumerate(lines, 1):
        match = MARK.search(line)
        if not match:
            continue
        where, text = match.groups()
        if where != "|":
            last = number - where.count("^") + where.count("v")
        said.setdefault(last, []).append(text)
    return said


def block(lines, first):
    """The lines from `first` to the end of the braces that open there."""
    depth = opened = 0
    for number in range(first, len(lines) + 1):
        code = lines[number - 1].partition("//")[0]
        depth += code.count("{") - code.count("}")
        opened |= "{" in code
        if opened and depth <= 0:
            return range(first, number + 1)
    return range(first, len(lines) + 1)


def expanded(lines):
    """Lines that only an expansion explains: bodies of macros, and calls of those."""
    names = {"external", "with_span", "inline_macros", "inline"}
    bodies = set()
    for number, line in enumerate(lines, 1):
        match = re.search(r"macro_rules!\s*(\w+)", line)
        if match:
            names.add(match[1])
            bodies.update(block(lines, number))
    call = re.compile(r"\b(?:" + "|".join(names) + r")!")
    for number, line in enumerate(lines, 1):
        if call.search(line):
            bodies.update(block(lines, number) if line.rstrip().endswith("{") else [number])
    return bodies


def tested(lines):
    inside = set()
    for number, line in enumerate(lines, 1):
        if re.search(r"#\[(cfg\(test\)|test|tokio::test)", line):
            inside.update(block(lines, number))
    return inside


def findings(bylaw, text, name, rule):
    with outside.Project() as project:
        for path, content in (("Cargo.toml", MANIFEST.format(name=name)), ("bylaw.yaml", CONFIG), ("src/lib.rs", text)):
            project.write(path, content)
        run = subprocess.run([bylaw, "check", "-o", "concise", "--rule", rule, "."], cwd=project.root, capture_output=True,
                             text=True, check=False)
    return {int(number) for number in re.findall(r"^src/lib\.rs:(\d+):", run.stdout, re.MULTILINE)}


def is_off(source, line):
    """Is the lint of a line's word one that the file does not ask for?"""
    lint = next((lint for word, lint in WORDS.items() if word in line), None)
    return lint and not re.search(r"(warn|deny)\([^)]*\b" + lint + r"\b", source)


def compare(tally, checkout, bylaw, path, rule):
    source = (checkout / "tests" / path).read_text(encoding="utf-8")
    lines = source.split("\n")
    said, macros, tests = marks(lines), expanded(lines), tested(lines)
    text = source if "exit" in path else re.sub(r"\bfn main\(", "fn entry(", source)
    found = findings(bylaw, text, pathlib.PurePath(path).stem, rule)
    wanted = {line for line, texts in said.items() if any(text.startswith(lint) for text in texts for lint in LINTS[rule])}
    for line in sorted(wanted | (found - set(said))):
        if line in macros:
            tally.leave_out("a macro's expansion")
        elif line in tests:
            tally.leave_out("code for tests")
        elif line not in wanted and is_off(source, lines[line - 1]):
            tally.leave_out("a lint that the file does not turn on")
        else:
            tally.compare(f"{path}:{line}", line in wanted, line in found)


def main():
    checkout, bylaw = outside.arguments("RUST-CLIPPY")
    tally = outside.Tally()
    for path, rule in FILES.items():
        if (checkout / "tests" / path).exists():
            compare(tally, checkout, bylaw, path, rule)
    tally.report()


if __name__ == "__main__":
    main()
