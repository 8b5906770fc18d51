// fixes.mjs PROGRAM: what JSON and SARIF say of fixes, made by their positions alone, and what --diff prints is what `check --fix` writes.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const program = resolve(process.argv[2]);
const top = mkdtempSync(join(tmpdir(), "bylaw-fixes-"));
process.on("exit", () => rmSync(top, { recursive: true }));

function fail(text) {
	console.error(text);
	process.exit(1);
}

// Files whose columns differ with what one counts in, and whose lines end in every way.
const model = "from pydantic import BaseModel\n\n\nclass Order(BaseModel):\n    id: int\n\n\ndef read(order: Order):\n";
const files = {
	"pyproject.toml": '[project]\nname = "shop"\ndependencies = ["pydantic>=2"]\n',
	"package.json": '{"name": "shop", "dependencies": {"express": "4", "pino": "9"}}',
	"go.mod": "module shop\n\ngo 1.22\n",
	"shop/plain.py": `${model}    return order.dict()\n`,
	"shop/wide.py": `${model}    "é 中文 😀"; a = order.dict(); "😀"; b = order.dict(by_alias=True)\n    return a, b`,
	"shop/crlf.py": `\uFEFF${model}    "😀"; a = order.dict()\n    # bylaw-ignore[python/async-io]: was slow\n    return a\n`.replaceAll("\n", "\r\n"),
	"shop/bom.py": `\uFEFF"é".strip()\n${model}    return order.dict()  # bylaw-ignore[python/async-io]: 😀 was slow`,
	"shop/cr.py": `${model}    return order.dict()\n`.replaceAll("\n", "\r"),
	"shop/sp ace/ü#1.py": `${model}    return order.dict()\n# bylaw-ignore[python/async-io]: was slow`,
	"src/main.ts":
		"import express from 'express';\nimport pino from 'pino';\nconst logger = pino();\nconst app = express();\n" +
		"app.listen(1);\n\tconst s = '😀'; console.log('up', s); console.log(s);\n",
	"main.go":
		'package main\n\nimport (\n\t"context"\n\t"database/sql"\n\t"sync"\n)\n\n' +
		"func read(ctx context.Context, db *sql.DB) error {\n\t/* 😀 */ return db.Ping()\n}\n\n" +
		"func all(items []string) {\n\tvar wg sync.WaitGroup\n\tfor range items {\n" +
		"\t\tgo func() {\n\t\t\twg.Add(1)\n\t\t\tdefer wg.Done()\n\t\t}()\n\t}\n\twg.Wait()\n}\n\nfunc main() { all(nil) }\n",
};

function project(name) {
	const folder = join(top, name);
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), text);
	}
	return folder;
}

function check(folder, ...args) {
	const run = spawnSync(program, ["check", ...args], { cwd: folder, encoding: "utf8" });
	if (run.status === null || run.status > 1) fail(run.stderr);
	return run.stdout;
}

// Offsets at which the lines of a text begin, without a byte order mark.
function lineStarts(text) {
	const starts = [text.startsWith("\uFEFF") ? 1 : 0];
	for (const end of text.matchAll(/\r\n|\n|\r/g)) starts.push(end.index + end[0].length);
	return starts;
}

// { path: [[edit, …] of one finding, …] }, each edit as [start, end, text] in bytes.
function fixesOfJson(folder, unsafe) {
	const fixes = {};
	for (const { path, fix } of JSON.parse(check(folder, "-o", "json")).findings) {
		if (!fix || (fix.applicability === "unsafe" && !unsafe)) continue;
		const bytes = readFileSync(join(folder, path));
		const starts = lineStarts(bytes.toString("latin1").replace(/^\xEF\xBB\xBF/, "\uFEFF\uFEFF\uFEFF"));
		if (bytes[0] === 0xef) starts[0] = 3;
		for (const e of fix.edits)
			if (starts[e.line - 1] + e.column - 1 !== e.start || starts[e.endLine - 1] + e.endColumn - 1 !== e.end)
				fail(`${path}: lines and bytes of ${JSON.stringify(e)} differ`);
		(fixes[path] ??= []).push(fix.edits.map((e) => [e.start, e.end, e.text]));
	}
	return fixes;
}

function fixesOfSarif(folder, unsafe) {
	const fixes = {};
	const one = check(folder, "-o", "sarif", "-j1", ...unsafe), two = check(folder, "-o", "sarif", "-j2", ...unsafe);
	if (one !== two) fail("SARIF differs between -j1 and -j2");
	const [run] = JSON.parse(one).runs;
	if (run.columnKind !== "utf16CodeUnits" || run.newlineSequences.join("|") !== "\r\n|\n|\r") fail("units");
	for (const { artifactChanges } of run.results.flatMap((r) => r.fixes ?? []))
		for (const { artifactLocation, replacements } of artifactChanges) {
			const path = decodeURIComponent(artifactLocation.uri);
			const text = readFileSync(join(folder, path), "utf8");
			const starts = lineStarts(text);
			const byte = (line, column) => Buffer.byteLength(text.slice(0, starts[line - 1] + column - 1));
			(fixes[path] ??= []).push(
				replacements.map(({ deletedRegion: r, insertedContent }) => [
					byte(r.startLine, r.startColumn),
					byte(r.endLine, r.endColumn),
					insertedContent.text,
				]),
			);
		}
	return fixes;
}

const collide = ([s, e], [os, oe]) => s === os || (s < oe && os < e);

function apply(folder, fixes) {
	for (const [path, list] of Object.entries(fixes)) {
		const taken = [];
		for (const edits of list)
			if (!edits.some((e) => taken.some((t) => collide(e, t)))) taken.push(...edits);
		let bytes = readFileSync(join(folder, path));
		for (const [start, end, text] of taken.sort((a, b) => b[0] - a[0]))
			bytes = Buffer.concat([bytes.subarray(0, start), Buffer.from(text), bytes.subarray(end)]);
		writeFileSync(join(folder, path), bytes);
	}
	return Object.keys(fixes).length;
}

function applyAll(folder, read) {
	for (let pass = 0; pass < 8 && apply(folder, read(folder)) > 0; pass++);
}

// The same by way of a patch.
function applyPatches(folder, unsafe) {
	for (let pass = 0; pass < 8; pass++) {
		const patch = check(folder, "--diff", ...unsafe);
		if (!patch) return;
		const git = spawnSync("git", ["apply", "--whitespace=nowarn", "-"], { cwd: folder, input: patch, encoding: "utf8" });
		if (git.status !== 0) fail(`${git.stderr}\n${patch}`);
	}
}

function contents(folder) {
	const names = readdirSync(folder, { recursive: true, withFileTypes: true });
	return names
		.filter((n) => n.isFile())
		.map((n) => join(n.parentPath ?? n.path, n.name))
		.sort()
		.map((path) => path.slice(folder.length) + "\n" + readFileSync(path, "latin1"));
}

for (const unsafe of [[], ["--unsafe-fixes"]]) {
	const name = unsafe.length ? "unsafe" : "safe";
	const fixed = project(`${name}-fixed`), json = project(`${name}-json`), sarif = project(`${name}-sarif`),
		patched = project(`${name}-patched`);
	const before = contents(fixed);
	check(fixed, "--fix", ...unsafe);
	applyAll(json, (folder) => fixesOfJson(folder, unsafe.length > 0));
	applyAll(sarif, (folder) => fixesOfSarif(folder, unsafe));
	applyPatches(patched, unsafe);
	const wanted = contents(fixed);
	const changed = wanted.filter((text, i) => text !== before[i]).length;
	if (changed !== (unsafe.length ? 8 : 7)) fail(`${changed} files changed by --fix ${unsafe}`);
	for (const [format, folder] of [["json", json], ["sarif", sarif], ["diff", patched]])
		contents(folder).forEach((text, i) => {
			if (text !== wanted[i]) fail(`${format}, ${name}: ${JSON.stringify(text)}\nis not\n${JSON.stringify(wanted[i])}`);
		});
}
console.log("the fixes of JSON, SARIF and --diff are those of --fix");
