import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface BackendOptions {
	/** Each has one headshot and one profile picture. */
	members: number;
	/** The built page, and the bench's own. */
	pageDir: string;
	benchDir: string;
}

/** What a backend says when it is ready. */
export interface Served {
	members: number;
	/** URL of the page, and of the bench's own. */
	page: string;
	bench: string;
	photoOrigin: string;
	/** Of one member's photos, in bytes. */
	memberBytes: number;
}

export interface RunningBackend extends Served {
	close(): Promise<void>;
}

/** Rejects when it ends before it is ready; its own words are on the terminal. */
export async function startBackend(options: BackendOptions): Promise<RunningBackend> {
	const child = fork(fileURLToPath(new URL('backend.ts', import.meta.url)), [JSON.stringify(options)], {
		execArgv: ['--import', 'tsx'],
	});
	const gone = once(child, 'exit');
	const ready = once(child, 'message') as Promise<[Served]>;
	const served = await Promise.race([ready, gone.then(() => null)]);
	if (served === null) throw new Error('The backend of the bench did not start.');
	return {
		...served[0],
		async close() {
			child.kill();
			await gone;
		},
	};
}
