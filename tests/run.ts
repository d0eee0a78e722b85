import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Kind } from './browser/chromium.ts';
import { chromiumOf, unpackersThere } from './equipment.ts';

/** One program to run: a binary of an installed package, and its arguments. */
type Command = [binary: string, ...args: string[]];

interface Part {
	commands: Command[];
	chromium?: Kind;
	/** It reads archives with other programs as well. */
	unpacks?: boolean;
}

/** How a program or a part ended; `output` is empty where it went straight to the terminal. */
interface Ended {
	code: number;
	output: string;
}

const projectDir = fileURLToPath(new URL('..', import.meta.url));
const packages: Record<string, string> = {
	playwright: '@playwright/test',
	'svelte-kit': '@sveltejs/kit',
};
const parts: Record<string, Part> = {
	lint: { commands: scriptCommands('lint') },
	check: { commands: scriptCommands('check') },
	// Vitest would leave one core to itself.
	unit: { commands: [['vitest', 'run', '--project', 'unit', '--maxWorkers', '100%']], unpacks: true },
	component: { commands: [['vitest', 'run', '--project', 'component']], chromium: 'windowless' },
	e2e: {
		commands: [['playwright', 'test', '--config', 'tests/e2e/playwright.config.ts']],
		chromium: 'windowless',
		unpacks: true,
	},
	soak: {
		commands: [['playwright', 'test', '--config', 'tests/soak/playwright.config.ts']],
		chromium: 'windowless',
		unpacks: true,
	},
	pictures: {
		commands: [['playwright', 'test', '--config', 'tests/pictures/playwright.config.ts']],
		chromium: 'whole',
	},
	engines: { commands: [['tsx', 'tests/engines/run.ts']] },
	bench: {
		commands: [['playwright', 'test', '--config', 'tests/bench/playwright.config.ts']],
		chromium: 'whole',
	},
};

/** Parts that run side by side. */
type Step = string[];

/** Lint and types take a core each; the tests take all that there are. */
const everything: Step[] = [['lint', 'check'], ['component'], ['unit'], ['e2e']];

// Ctrl-C reaches the running part as well, and its exit ends this run.
process.on('SIGINT', () => {});

main(process.argv.slice(2)).then(
	(code) => {
		process.exitCode = code;
	},
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	},
);

/** Runs the parts that are named first (all, when none is), hands the rest of the arguments on; returns the exit code. */
async function main(args: string[]): Promise<number> {
	const firstOther = args.findIndex((arg) => !Object.hasOwn(parts, arg));
	const named = firstOther === -1 ? args : args.slice(0, firstOther);
	const extra = args.slice(named.length).filter((arg, index) => index > 0 || arg !== '--');
	if (extra.length > 0 && named.length !== 1)
		throw new Error(
			`Usage: tests/run.ts [${Object.keys(parts).join('|')} …], or one of them and its own arguments`,
		);

	const steps = named.length > 0 ? named.map((name): Step => [name]) : everything;
	const results = new Map(steps.flat().map((name) => [name, 'not run']));
	// What has to be installed is, while the first parts run; whoever needs it waits for it, and hears of what failed.
	for (const { chromium, unpacks } of steps.flat().map((name) => parts[name]!)) {
		if (chromium) chromiumOf(chromium).catch(() => {});
		if (unpacks) unpackersThere().catch(() => {});
	}
	let code = 0;
	for (const step of steps) {
		if (code !== 0) break;
		const codes = await Promise.all(step.map((name, place) => runTimed(name, extra, place > 0, results)));
		code = codes.find((each) => each !== 0) ?? 0;
	}
	console.log('');
	for (const [name, result] of results) console.log(`${name.padEnd(10)} ${result}`);
	return code;
}

/**
 * Runs a part and notes how it ended; returns its exit code.
 * @param held whether to print what it says only when it has ended, for another prints meanwhile
 */
async function runTimed(
	name: string,
	extra: string[],
	held: boolean,
	results: Map<string, string>,
): Promise<number> {
	const heading = `\n── ${name}`;
	if (!held) console.log(heading);
	const start = performance.now();
	const { code, output } = await runPart(name, extra, held);
	if (held) console.log(`${heading}\n${output}`);
	results.set(name, `${code === 0 ? 'passed' : 'FAILED'}  ${seconds(performance.now() - start)}`);
	return code;
}

async function runPart(name: string, extra: string[], held: boolean): Promise<Ended> {
	const part = parts[name];
	if (part === undefined) throw new Error(`There is no part called ${name}.`);
	if (part.unpacks) await unpackersThere();
	const env = part.chromium
		? { ...process.env, CHROMIUM_PATH: (await chromiumOf(part.chromium)).path }
		: process.env;
	let output = '';
	for (const [binary, ...args] of part.commands) {
		const ended = await runBinary(binary, [...args, ...extra], env, held);
		output += ended.output;
		if (ended.code !== 0) return { code: ended.code, output };
	}
	return { code: 0, output };
}

function runBinary(binary: string, args: string[], env: NodeJS.ProcessEnv, held: boolean): Promise<Ended> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [binaryFile(binary), ...args], {
			cwd: projectDir,
			env,
			stdio: held ? ['ignore', 'pipe', 'pipe'] : 'inherit',
		});
		let output = '';
		for (const stream of [child.stdout, child.stderr]) {
			stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
		}
		child.once('error', reject);
		child.once('close', (code) => resolve({ code: code ?? 1, output }));
	});
}

/** The file behind a binary's name: started directly it needs no shell, on Windows either. */
function binaryFile(binary: string): string {
	const name = packages[binary] ?? binary;
	const { bin } = readPackage(`node_modules/${name}/package.json`);
	const file = typeof bin === 'string' ? bin : bin?.[binary];
	if (file === undefined) throw new Error(`The package ${name} has no program ${binary}: run "npm ci".`);
	return `${projectDir}node_modules/${name}/${file}`;
}

/** The commands of a script in package.json, which joins plain words with `&&`. */
function scriptCommands(script: string): Command[] {
	const line = readPackage('package.json').scripts?.[script] ?? '';
	return line.split(' && ').map((command) => command.split(' ') as Command);
}

function readPackage(path: string): {
	bin?: string | Record<string, string>;
	scripts?: Record<string, string>;
} {
	return JSON.parse(readFileSync(projectDir + path, 'utf8'));
}

function seconds(ms: number): string {
	return `${(ms / 1000).toFixed(1).padStart(6)} s`;
}
