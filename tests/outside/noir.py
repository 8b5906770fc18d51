#!/usr/bin/env python3
"""bylaw's endpoints beside those that OWASP Noir's functional tests expect.

    noir.py [-b build/release/bylaw] [-v] NOIR [FRAMEWORK...]

NOIR is a checkout of github.com/owasp-noir/noir. Each tester names a fixture and lists `Endpoint.new("path", "METHOD")`. A
fixture counts once, with the pairs of all of its testers; each project in it is copied out of the folder of tests, where it
would be no production code, and read by `bylaw map -o json`.

Per framework, over all fixtures that bear its name: the pairs of method and path that are found of those expected, and which of
our endpoints are invented: no tester expects them, though one gives the number of all. Then the same beside what is true of
the framework when it runs: noir.txt lists the pairs in which Noir's expectation differs from that, with the source that shows it.

A parameter is one however it is spelled, and a slash at the end is none. Where we know only how a path ends, it counts as that
path. A file counts as found where it lies below a folder that is known to be served, by GET or HEAD; files are not invented. A handler of
any method is invented only when none of its methods is expected. -v prints each miss and each invention.
"""

import argparse
import collections
import json
import pathlib
import re
import shutil
import subprocess
import tempfile

FRAMEWORKS = """
    express fastify koa hono nestjs gin echo chi fiber fastapi django flask actix axum rocket
    restify hapi elysia oak nextjs nuxtjs nitro sveltekit remix astro adonisjs feathers loopback http sails fresh
    beego mux httprouter fasthttp hertz iris goyave gf gozero go_restful huma kratos pocketbase
    starlette quart aiohttp sanic tornado litestar falcon bottle pyramid cherrypy robyn masonite
    warp tide poem salvo gotham loco rwf
""".split()
LANGUAGES = ["javascript", "typescript", "go", "python", "rust"]
ANY = 7  # a handler of this many methods takes all of them

PARAMETER = re.compile(
    r"\{\{?[^{}]*(?:\{[^{}]*\}[^{}]*)*\}\}?"  # {id} {id:int} {id:[0-9]{2}} {*path} {{id}}
    r"|<[^<>]*>"  # <id> <int:id>
    r"|\[\[?[.\w]+\]\]?"  # [id] [...slug]
    r"|:\w+(?:\([^/]*\))?[?*+]?"  # :id :id(\d+) :id?
    r"|\*\*?\w*|\+"  # * *path
)
NAMED_LIST = re.compile(r"(\w+) = (%w\[[^\]]*\]|\[[^\]]*\])")
LOOP = re.compile(r"(%w\[[^\]]*\]|\[[^\]\n]*\]|\w+)\.(?:each|map) (?:do|\{) \|(\w+)\|")
ENDPOINT = re.compile(r'Endpoint\.new\(("(?:[^"\\]|\\.)*"|\w+), *("\w+"|\w+)')
BASE = re.compile(r'Any\.new\("\./spec/functional_test/fixtures/([^"]+?)/?"')  # one of several projects
FIXTURE = re.compile(r'"fixtures/([^"]+?)/?"')


def words(text):
    return re.findall(r'"([^"]*)"', text) if text.startswith("[") else text[3:-1].split()


def values(term, lists, loops):
    """What a literal, or the variable of a loop that goes before, stands for."""
    if term.startswith('"'):
        return [re.sub(r"\\(.)", r"\1", term[1:-1])]
    source = loops.get(term, "[]")
    return words(source) if source[0] in "%[" else lists.get(source, [])


def expected_of(tester):
    """The pairs that a tester expects, its fixture and the projects in there, and whether the list is complete."""
    text = re.sub(r"^\s*# .*", "", tester.read_text(), flags=re.M)
    lists = {name: words(items) for name, items in NAMED_LIST.findall(text)}
    pairs = set()
    for found in ENDPOINT.finditer(text):
        loops = {variable: source for source, variable in LOOP.findall(text[: found.end()])}
        for path in values(found[1], lists, loops):
            pairs |= {(method, path) for method in values(found[2], lists, loops)}
    fixture = FIXTURE.search(text)
    bases = BASE.findall(text) or (fixture and [fixture[1]])
    return pairs, fixture and fixture[1], bases, ":endpoints" in text


def fixtures(noir):
    """Per fixture: what all of its testers expect, the projects in it, and whether a tester says that this is all."""
    suites = {}
    for language in LANGUAGES:
        for tester in sorted((noir / "spec/functional_test/testers" / language).glob("*_spec.cr")):
            pairs, fixture, bases, complete = expected_of(tester)
            before = suites.get(fixture, (set(), [], False))
            suites[fixture] = (before[0] | pairs, bases, before[2] or complete)
    return {fixture: suite for fixture, suite in suites.items() if fixture}


def normal(path):
    if path.startswith("/^"):  # /^\/a-(\d+)$/, a regular expression
        path = re.sub(r"\([^()]*\)", "{}", path[2:].rstrip("/").rstrip("$").replace("\\/", "/"))
    path = re.sub(r"\{(/[^{}]*)\}", r"\1", path)  # /user/:id{/:op}: the rest may be left out
    return PARAMETER.sub("{}", path).rstrip("/") or "/"


def endpoints_of(bylaw, fixture):
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(fixture, pathlib.Path(folder) / "app")
        run = subprocess.run([bylaw, "map", "-o", "json", "."], cwd=copy, capture_output=True, check=False)
    return [e for e in json.loads(run.stdout)["endpoints"] if e["protocol"] == "http"]


def is_served(method, path, folders):
    return method in ("GET", "HEAD") and any(path.startswith(folder) for folder in folders)


def compare(expected, endpoints):
    """The expected pairs that are missing, and the pairs that nobody expects."""
    wanted = {(method, normal(path)) for method, path in expected}
    answered = {(method, normal(e["path"])) for e in endpoints for method in e["methods"]}
    folders = [e["path"].removesuffix("{*}") for e in endpoints if e["isStatic"]]
    missing = {
        (method, path)
        for method, path in expected
        if (method, normal(path)) not in answered and not is_served(method, path, folders)
    }
    invented = set()
    for e in endpoints:
        pairs = {(method, normal(e["path"])) for method in e["methods"]}
        if not e["isStatic"] and not pairs <= wanted and not (len(pairs) >= ANY and pairs & wanted):
            methods = ",".join(sorted(method for method, _ in pairs - wanted)) if len(pairs) < ANY else "any"
            invented.add((methods, e["path"], e["registered"]["path"], e["registered"]["line"]))
    return missing, invented


def differing_pairs():
    """fixture -> the pairs that are expected though the framework does not answer them, and the other way round."""
    untrue, unexpected = collections.defaultdict(set), collections.defaultdict(set)
    for line in pathlib.Path(__file__).with_name("noir.txt").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            sign, fixture, method, path = line.split()
            (untrue if sign == "-" else unexpected)[fixture].add((method, path))
    return untrue, unexpected


def is_of(fixture, framework):
    return re.match(rf"{framework}(_|$)", fixture.split("/")[1])


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("noir", type=pathlib.Path)
    arguments.add_argument("frameworks", nargs="*", default=FRAMEWORKS)
    arguments.add_argument("-b", "--bylaw", default=pathlib.Path("build/release/bylaw"), type=pathlib.Path)
    arguments.add_argument("-v", "--verbose", action="store_true")
    options = arguments.parse_args()
    suites, differing = fixtures(options.noir), differing_pairs()
    print(f"{'':12}{'found of expected':>20}{'invented':>18}{'of those true: found':>24}{'invented':>18}")
    for framework in options.frameworks:
        report(framework, {f: s for f, s in suites.items() if is_of(f, framework)}, differing, options)


def ratio(part, whole):
    return f"{part} of {whole} {100 * part / whole:5.1f} %" if whole else "-"


def report(framework, suites, differing, options):
    untrue, unexpected = differing
    count, lines = collections.Counter(), []
    for fixture, (pairs, bases, is_complete) in sorted(suites.items()):
        folder = options.noir / "spec/functional_test/fixtures"
        endpoints = [e for base in bases for e in endpoints_of(options.bylaw.resolve(), folder / base)]
        missing, invented = compare(pairs, endpoints)
        true = (pairs - untrue[fixture]) | unexpected[fixture]
        true_missing, true_invented = compare(true, endpoints)
        if not is_complete:
            invented = true_invented = set()
        count.update(expected=len(pairs), found=len(pairs) - len(missing), invented=len(invented))
        count.update(true=len(true), true_found=len(true) - len(true_missing), true_invented=len(true_invented))
        count.update(endpoints=len(endpoints))
        lines += [f"    {fixture}: expects what is untrue: {m} {path}" for m, path in sorted(missing - true_missing)]
        lines += [f"    {fixture}: missed {m} {path}" for m, path in sorted(true_missing)]
        lines += [f"    {fixture}: invented {m} {path} ({file}:{line})" for m, path, file, line in sorted(true_invented)]
        lines += [f"    {fixture}: expected no longer: {pair}" for pair in sorted(untrue[fixture] - pairs)]
    print(
        f"{framework:12}{ratio(count['found'], count['expected']):>20}{ratio(count['invented'], count['endpoints']):>18}"
        f"{ratio(count['true_found'], count['true']):>24}{ratio(count['true_invented'], count['endpoints']):>18}"
    )
    if options.verbose and lines:
        print("\n".join(lines))


if __name__ == "__main__":
    main()
