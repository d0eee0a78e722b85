import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findChromium, type Kind } from './browser/chromium.ts';

/** One program to run: a binary of an installed package, and its arguments. */
type Command = [binary: string, ...args: string[]];

interface Part {
	commands: Command[];
	chromium?: Kind;
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
	unit: { commands: [['vitest', 'run', '--project', 'unit', '--maxWorkers', '100%']] },
	component: { commands: [['vitest', 'run', '--project', 'component']], chromium: 'windowless' },
	e2e: {
		commands: [['playwright', 'test', '--config', 'tests/e2e/playwright.config.ts']],
		chromium: 'windowless',
	},
	soak: {
		commands: [['playwright', 'test', '--config', 'tests/soak/playwright.config.ts']],
		chromium: 'windowless',
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
const everything = ['lint', 'check', 'unit', 'component', 'e2e'];

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

	const names = named.length > 0 ? named : everything;
	const results = new Map<string, string>();
	let failed = 0;
	for (const name of names) {
		if (failed !== 0) {
			results.set(name, 'not run');
			continue;
		}
		console.log(`\n── ${name}`);
		const start = performance.now();
		failed = await runPart(name, extra);
		results.set(name, `${failed === 0 ? 'passed' : 'FAILED'}  ${seconds(performance.now() - start)}`);
	}
	console.log('');
	for (const [name, result] of results) console.log(`${name.padEnd(10)} ${result}`);
	return failed;
}

async function runPart(name: string, extra: string[]): Promise<number> {
	const part = parts[name];
	if (part === undefined) throw new Error(`There is no part called ${name}.`);
	const env = part.chromium
		? { ...process.env, CHROMIUM_PATH: (await findChromium(part.chromium)).path }
		: process.env;
	for (const [binary, ...args] of part.commands) {
		const code = await runBinary(binary, [...args, ...extra], env);
		if (code !== 0) return code;
	}
	return 0;
}

function runBinary(binary: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [binaryFile(binary), ...args], {
			cwd: projectDir,
			env,
			stdio: 'inherit',
		});
		child.once('error', reject);
		child.once('exit', (code) => resolve(code ?? 1));
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
