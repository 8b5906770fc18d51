// Runs get-tsconfig's tests for their fixtures alone, and asks the library itself about each before it goes:
// which files a tsconfig.json includes, and where the names lead that the test or `paths` speaks of. Prints JSON.
import fs from 'node:fs';
import path from 'node:path';
import { createFixture as realFixture } from 'fs-fixture';
import * as library from '../src/index.ts';

const recorded = [];
let asked = new Set(), suite = '';

const shrug = new Proxy(() => shrug, { get: (_, name) => (name === 'then' ? undefined : shrug) });
export const expect = () => shrug;
export const testSuite = (name, body) => ({ name, body });
export const getTscTsconfig = async () => ({});
export const getTscResolution = async () => Array(16).fill({ filePath: 'x.ts' });
export * from '../src/index.ts';
export const createPathsMatcher = (tsconfig) => {
	const matcher = library.createPathsMatcher(tsconfig);
	return matcher && ((specifier) => (asked.add(specifier), matcher(specifier)));
};

const read = (root) => Object.fromEntries(fs.readdirSync(root, { recursive: true, withFileTypes: true })
	.filter((entry) => !entry.isDirectory())
	.map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
	.map((file) => [path.relative(root, file), fs.lstatSync(file).isFile() ? fs.readFileSync(file, 'utf8') : null]));

const attempt = (what) => {
	try {
		return what();
	} catch {
		return undefined;
	}
};

function answers(root, files, name) {
	const at = path.join(root, name);
	const config = attempt(() => library.parseTsconfig(at));
	const includes = config && attempt(() => library.createFilesMatcher({ config, path: at }));
	const paths = config && attempt(() => library.createPathsMatcher({ config, path: at }));
	const names = [...asked, ...Object.keys(config?.compilerOptions?.paths ?? {}).map((key) => key.replace('*', 'part'))];
	return {
		parsed: Boolean(includes),
		included: includes ? Object.keys(files).filter((file) => includes(path.join(root, file))) : [],
		leads: paths ? names.map((asks) => [asks, paths(asks).map((to) => path.relative(root, to))]) : [],
	};
}

export async function createFixture(...given) {
	const fixture = await realFixture(...given);
	const dispose = fixture[Symbol.asyncDispose].bind(fixture);
	fixture[Symbol.asyncDispose] = async () => {
		const files = read(fixture.path), configs = {};
		for (const name of Object.keys(files).filter((file) => path.basename(file) === 'tsconfig.json'))
			configs[name] = answers(fixture.path, files, name);
		recorded.push({ suite, root: fixture.path, files, configs });
		await dispose();
	};
	return fixture;
}

const run = async (body, around) => {
	const test = async (name, steps) => {
		[suite, asked] = [`${around}: ${name}`, new Set()];
		await Promise.resolve(steps({ onTestFinish() {} })).catch(() => {});
	};
	const inner = [];
	const describe = (name, nested) => inner.push(() => run(nested, `${around}: ${name}`));
	const runTestSuite = async (loaded) => {
		const { default: { name, body: nested } } = await loaded;
		await run(nested, `${around}: ${name}`);
	};
	const tests = [];
	await body({ describe, test: (...given) => tests.push(given), runTestSuite, skip() {} });
	for (const given of tests)
		await test(...given);
	for (const nested of inner)
		await nested();
};

export async function record(suites) {
	for (const { name, body } of suites)
		await run(body, name);
	process.stdout.write(JSON.stringify(recorded));
}
