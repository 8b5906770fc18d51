// readme.mjs README PROGRAM FOLDER: what the README shows of a run is what the program prints.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const [readme, program, folder] = process.argv.slice(2);
const shown = readFileSync(readme, "utf8").match(/^```text\n([^]*?)^```$/m)?.[1];
const { stdout } = spawnSync(program, ["check", folder], { encoding: "utf8", maxBuffer: 1 << 28 });
if (!shown || !stdout.includes(shown)) {
	console.error(`${readme} shows what \`bylaw check ${folder}\` does not print:\n${shown}`);
	process.exit(1);
}
