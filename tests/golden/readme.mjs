// readme.mjs README PROGRAM FOLDER: what the README shows of a run is what the program prints, and it names all there is: rules
// with their sentences, commands, options of check with a line of their own.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const [readme, program, folder] = process.argv.slice(2);
const shown = readFileSync(readme, "utf8").match(/^```text\n([^]*?)^```$/m)?.[1];
const { stdout } = spawnSync(program, ["check", folder], { encoding: "utf8", maxBuffer: 1 << 28 });
if (!shown || !stdout.includes(shown)) {
	console.error(`${readme} shows what \`bylaw check ${folder}\` does not print:\n${shown}`);
	process.exit(1);
}

function says(...args) {
	return spawnSync(program, args, { encoding: "utf8" }).stdout;
}

const text = readFileSync(readme, "utf8");
const missing = [];
for (const [, id, clauses] of says("rules").matchAll(/^(\S+) +(\d[\d, ]*\d|\d+|-) /gm)) {
	const row = id.startsWith("meta/") ? `\`${id.slice(5)}\`` : `| \`${id}\` | ${clauses} | `;
	if (!text.includes(row)) missing.push(row);
}
for (const [, command] of says("--help").matchAll(/^ {2}bylaw ([a-z]+)/gm))
	if (!text.includes(`    bylaw ${command} `) && !text.includes(`\`bylaw ${command}\``)) missing.push(`bylaw ${command}`);
for (const [, option] of text.matchAll(/(--[a-z][a-z-]+)/g))
	if (!`${says("check", "--help")} --help --version`.includes(option)) missing.push(`${option}, which there is not,`);
if (missing.length) {
	console.error(`${readme} lacks:\n${missing.join("\n")}`);
	process.exit(1);
}
