import { Backend } from '$lib/backend/client';
import { isBackendError, sentenceOf } from '$lib/backend/errors';
import { Downloads } from '$lib/download/downloads.svelte';
import { loadRoster } from '$lib/members/load';
import { Roster, type RosterState } from '$lib/members/roster.svelte';
import { saveAs } from 'file-saver';
import type { Config } from './config';

/** Everything that one mount of the page needs; built once, and disposed on the way out. */
export interface Session {
	config: Config;
	roster: Roster;
	downloads: Downloads;
	dispose(): void;
}

export interface SessionOptions {
	config: Config;
	/** The page's own origin. */
	origin: string;
	/** Where a host signs in for us: gives a short-lived token, a fresh one when the last was refused. */
	getToken?: (fresh: boolean) => Promise<string>;
}

export function createSession({ config, origin, getToken }: SessionOptions): Session {
	const { apiBase, limits } = config;
	const backend = new Backend({
		apiBase,
		getToken,
		limits,
		onpause: (until) => roster.setPaused(until),
		ondown: (down) => roster.setDown(down),
	});
	const roster: Roster = new Roster({ load: (signal) => loadRoster(backend, signal) }, describe);
	const downloads = new Downloads({
		settings: { apiBase, origin, limits },
		getToken,
		save: (blob, filename) => saveAs(blob, filename),
	});
	return {
		config,
		roster,
		downloads,
		dispose() {
			roster.dispose();
			downloads.dispose();
			backend.dispose();
		},
	};
}

function describe(error: unknown): RosterState {
	if (isBackendError(error, 'unauthorized')) return { kind: 'signed-out' };
	return { kind: 'failed', reason: sentenceOf(error) };
}
