import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectDir } from './build.ts';

/** What a start needs, and no build: it makes its own. */
const sources = [
	'src',
	'static',
	'tests',
	'package.json',
	'svelte.config.js',
	'tsconfig.json',
	'vite.config.ts',
];

const ends: (() => Promise<unknown>)[] = [];

/** Ends all that a test has started, however it has ended itself. */
export async function endStarts(): Promise<void> {
	for (const end of ends.splice(0).reverse()) await end();
}

/** A copy of the project, where a start may build while other tests use the project's own build. @returns its folder */
export async function copyProject(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'headshots-project-'));
	ends.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
	for (const name of sources) await cp(join(projectDir, name), join(folder, name), { recursive: true });
	await symlink(join(projectDir, 'node_modules'), join(folder, 'node_modules'), 'junction');
	return folder;
}

export interface Started {
	/** The page's address, as it was printed. */
	url: string;
	/** All that it has printed so far. */
	printed(): string;
	/** Ctrl-C. @returns its exit code */
	stop(): Promise<number | null>;
}

/** `npm start` in a folder, up to the page's address. */
export async function startIn(folder: string, env: Record<string, string>): Promise<Started> {
	const child = spawn(process.execPath, ['--import', 'tsx', 'src/gateway/start.ts'], {
		cwd: folder,
		env: { ...process.env, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const ended = once(child, 'close') as Promise<[number | null]>;
	const stop = async () => {
		child.kill('SIGINT');
		return (await ended)[0];
	};
	ends.push(stop);
	let output = '';
	const url = await new Promise<string>((resolve, reject) => {
		const read = (text: string) => {
			output += text;
			const address = /http:\/\/localhost:\d+\/app\/admin\/headshots/.exec(output)?.[0];
			if (address) resolve(address);
		};
		for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', read);
		void ended.then(([code]) => reject(new Error(`It ended with ${code}:\n${output}`)));
	});
	return { url, printed: () => output, stop };
}
