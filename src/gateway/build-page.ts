import { spawn } from 'node:child_process';
import { withoutKey } from './settings.ts';

export interface BuildOptions {
	/** The project's folder: the build runs in it. */
	projectDir: string;
	/** The environment to pass on; the API key is taken out. */
	env: NodeJS.ProcessEnv;
	/** What the page's policy (CSP) allows besides its own origin, where ALLOWED_HOSTS isn't set already. */
	allowedHosts: string;
	/** Ends a build under way. */
	signal?: AbortSignal;
	/** The script that builds; Vite's unless told. */
	builder?: string[];
}

/** Builds the page into `build/`, quietly. Rejects with the build's output when it fails. */
export function buildPage(options: BuildOptions): Promise<void> {
	const [script, ...args] = options.builder ?? ['node_modules/vite/bin/vite.js', 'build'];
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [script ?? '', ...args], {
			cwd: options.projectDir,
			env: { ALLOWED_HOSTS: options.allowedHosts, ...withoutKey(options.env) },
			stdio: ['ignore', 'pipe', 'pipe'],
			...(options.signal && { signal: options.signal }),
		});
		let output = '';
		const collect = (chunk: string) => {
			output += chunk;
		};
		child.stdout.setEncoding('utf8').on('data', collect);
		child.stderr.setEncoding('utf8').on('data', collect);
		child.once('error', reject);
		child.once('close', (code) => {
			if (code === 0) resolve();
			else reject(new Error(`${output.trim()}\n\nThe page could not be built (see above).`.trimStart()));
		});
	});
}
