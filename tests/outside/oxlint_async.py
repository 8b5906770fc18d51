"""oxlint's cases of oxc/no-async-endpoint-handlers: which lines does `node/no-floating-promise` report?

    git clone https://github.com/oxc-project/oxc
    python3 tests/outside/oxlint_async.py oxc build/release/bylaw

Each case becomes a project on Express 4. The other linter takes whatever has a handler of (req, res) for Express, bylaw what Express
made: the receivers of failing cases, and `app` of the others, are made by it. Handlers of the cases are empty; bylaw says nothing of what
cannot reject, so that an async one waits for something here. A failing case agrees when its handler is reported once, a passing one when
nothing is. Left out are cases that allow a handler by its name, an option that bylaw has not. Besides, three projects that no linter
of single files can tell apart: an imported handler, the same on Express 5, and on Fastify.
"""
import json
import re

import outside

RULE = "crates/oxc_linter/src/rules/oxc/no_async_endpoint_handlers.rs"
CASE = re.compile(r'\(\s*"((?:\\.|[^"\\])*)",\s*(None|Some\(.*?\)),?\s*\)', re.S)
HEAD = "const express = require('express'), load = require('node:fs/promises').readFile;\n"
IMPORTED = {"src/orders.js": "exports.list = async (req, res) => { res.send(await require('node:fs/promises').readFile('a')); };\n"}
EXPRESS = "const app = require('express')();\napp.get('/', require('./orders').list);\n"
FASTIFY = "const app = require('fastify')();\napp.get('/', require('./orders').list);\n"


def reported(bylaw, dependencies, files):
    manifest = json.dumps({"name": "case", "dependencies": dependencies})
    with outside.Project({"package.json": manifest, **files}) as project:
        return len(project.findings(bylaw, "node/no-floating-promise"))


def project_of(code, fails):
    names = ["app"] + (["weirdName"] if fails and "weirdName" in code else [])
    made = "".join(f"const {name} = express();\n" for name in names if f"{name}." in code)
    waiting = re.sub(r"(async [^{}]*)\{\}", r"\1{ await load('orders'); }", code)
    return {"src/server.js": HEAD + made + waiting + "\n"}


def compare(tally, bylaw, kind, text):
    fails = kind == "fail"
    for code, options in CASE.findall(text):
        if options != "None":
            tally.leave_out("a name is allowed")
            continue
        found = reported(bylaw, {"express": "4.19.2"}, project_of(code, fails))
        tally.compare(f"{kind}: {' '.join(code.split())!r}", int(fails), found)


def compare_projects(tally, bylaw):
    tally.compare("an imported handler", 1, reported(bylaw, {"express": "4.19.2"}, {"src/server.js": EXPRESS, **IMPORTED}))
    tally.compare("on Express 5", 0, reported(bylaw, {"express": "5.1.0"}, {"src/server.js": EXPRESS, **IMPORTED}))
    tally.compare("on Fastify", 0, reported(bylaw, {"fastify": "5.0.0"}, {"src/server.js": FASTIFY, **IMPORTED}))


def main():
    checkout, bylaw = outside.arguments("OXC")
    tests = (checkout / RULE).read_text(encoding="utf-8").partition("let pass = vec![")[2]
    passing, _, failing = tests.partition("let fail = vec![")
    tally = outside.Tally()
    compare(tally, bylaw, "pass", passing)
    compare(tally, bylaw, "fail", failing)
    compare_projects(tally, bylaw)
    tally.report()


if __name__ == "__main__":
    main()
