"""noctx's test data: calls that take no context although they have a twin that does.

Takes a checkout of sonatard/noctx, for its testdata/src. Each line with a `// want` must have a finding of go/propagate-context
with `strict`, and each line without one must have none, but for what noctx does not look for (fresh contexts, contexts in
structs). Left out are requests made for tests.
"""
import outside
import wants

RULE = "go/propagate-context"


def main():
    checkout, bylaw = outside.arguments("NOCTX")
    tally = outside.Tally()
    for file in sorted((checkout / "testdata/src").glob("*/*.go")):
        text = file.read_text(encoding="utf-8")
        wanted = [line for line, _ in wants.wanted(text)]
        if file.parent.name == "httptest_request":
            for _ in wanted:
                tally.leave_out("requests made for tests")
            continue
        path = f"{file.parent.name}/{file.name}"
        with wants.project_of({path: text}, RULE, strict=True) as project:
            lines = {line for line, message in wants.found(project, bylaw, RULE).get(path, {}).items()
                     if "takes no context" in message}
        for line in wanted:
            tally.compare(f"{path}:{line}", True, line in lines)
        for line in sorted(lines - set(wanted)):
            tally.compare(f"{path}:{line}", False, True)
    tally.report()


main()
