import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

/** How a program ended, and what it printed. */
export interface Outcome {
	succeeded: boolean;
	output: string;
}

/** What finding a browser asks of the machine; tests bring a made-up one. */
export interface Surroundings {
	env: NodeJS.ProcessEnv;
	platform: NodeJS.Platform;
	isRoot: boolean;
	exists(path: string): boolean;
	/** Where Playwright keeps, or would keep, its own Chromium. */
	ownBrowser(): string;
	/** Runs a program; kills it, and all that it started, after `limit` ms. Never rejects. */
	run(command: string, args: string[], limit: number, env?: NodeJS.ProcessEnv): Promise<Outcome>;
	say(line: string): void;
}

/** The machine that this runs on. */
export const thisMachine: Surroundings = {
	env: process.env,
	platform: process.platform,
	isRoot: process.getuid?.() === 0,
	exists: existsSync,
	ownBrowser: () => chromium.executablePath(),
	run,
	say: (line) => console.log(line),
};

function run(command: string, args: string[], limit: number, env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
	return new Promise((resolve) => {
		const isGroup = process.platform !== 'win32';
		const child = spawn(command, args, {
			// A group of its own: it can be killed whole, and has no terminal to ask for a password on.
			detached: isGroup,
			windowsHide: true,
			stdio: ['ignore', 'pipe', 'pipe'],
			env: { ...process.env, ...env },
		});
		let output = '';
		for (const stream of [child.stdout, child.stderr])
			stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));

		const kill = () => (isGroup && child.pid !== undefined ? killGroup(child.pid) : child.kill());
		const interrupt = () => {
			kill();
			process.exit(130);
		};
		const timer = setTimeout(() => {
			output += `\nIt took longer than ${limit / 1000} s.`;
			kill();
		}, limit);
		const settle = (succeeded: boolean) => {
			clearTimeout(timer);
			process.off('SIGINT', interrupt);
			resolve({ succeeded, output });
		};
		process.once('SIGINT', interrupt);
		child.once('error', (error) => {
			output += error.message;
			settle(false);
		});
		child.once('exit', (code) => settle(code === 0));
	});
}

function killGroup(id: number): void {
	try {
		process.kill(-id, 'SIGKILL');
	} catch (error) {
		// It has just ended by itself.
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}
