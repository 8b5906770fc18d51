// validate.mjs SCHEMA PROGRAM ARGUMENTS…: runs the program and validates what it prints on stdout.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import Ajv04 from "ajv-draft-04";
import addFormats from "ajv-formats";

const [schemaPath, program, ...args] = process.argv.slice(2);
const schema = JSON.parse(readFileSync(schemaPath, "utf8"));
const Validator = schema.$schema.includes("draft-04") ? Ajv04 : Ajv;
const ajv = new Validator({ strict: false, allErrors: true });
addFormats(ajv);

const run = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28 });
const report = JSON.parse(run.stdout);
const validate = ajv.compile(schema);
if (!validate(report)) {
	console.error(validate.errors.slice(0, 10));
	process.exit(1);
}

// What GitHub code scanning asks for beyond the schema.
const { tool, results } = report.runs[0];
const faults = [];
for (const rule of tool.driver.rules)
	for (const text of [rule.shortDescription?.text, rule.fullDescription?.text, rule.help?.text])
		if (!text || text.length > 100000) faults.push(`${rule.id}: a text is missing`);
for (const result of results) {
	const at = result.locations[0]?.physicalLocation;
	if (!at?.region?.startLine || at.artifactLocation.uri.startsWith("/") || at.artifactLocation.uri.includes(".."))
		faults.push(`${result.ruleId}: no usable location`);
	if (!/^[0-9a-f]+:[0-9]+$/.test(result.partialFingerprints?.primaryLocationLineHash ?? ""))
		faults.push(`${result.ruleId}: no line hash`);
	if (tool.driver.rules[result.ruleIndex]?.id !== result.ruleId) faults.push(`${result.ruleId}: wrong ruleIndex`);
}
for (const fix of results.flatMap((result) => result.fixes ?? []))
	if (!fix.description.text || !["safe", "unsafe"].includes(fix.properties.applicability)) faults.push("a fix without a word");
if (!results.some((result) => result.fixes)) faults.push("no fixes");
if (!results.length) faults.push("no results");
if (faults.length) {
	console.error(faults.slice(0, 10));
	process.exit(1);
}
console.log(`${results.length} results are valid`);
