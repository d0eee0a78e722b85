import { isBackendError, sentenceOf } from '$lib/backend/errors';
import type { RosterData } from './load';
import { memberKey, type Team } from './member';
import { listPeople } from './people';

/** Where the roster gets its data; the session gives it the backend's client. */
export interface RosterSource {
	/** @param onpart told what there is so far, when much is still to come */
	load(signal: AbortSignal, onpart: (data: RosterData) => void): Promise<RosterData>;
}

export type RosterState =
	| { kind: 'loading' }
	| { kind: 'ready' }
	| { kind: 'signed-out' }
	/** `reason` is a sentence for the person. */
	| { kind: 'failed'; reason: string };

/** The state to show for what `load` threw. */
export function problemOf(error: unknown): RosterState {
	if (isBackendError(error, 'unauthorized')) return { kind: 'signed-out' };
	return { kind: 'failed', reason: sentenceOf(error) };
}

/** What was loaded longer ago is loaded again when somebody looks, in ms. */
const STALE_AFTER = 5 * 60_000;

/** Expired links are renewed at most so often, in ms. */
const RENEW_EVERY = 60_000;

const nobody: RosterData = {
	organization: { uid: '', name: '' },
	teams: [],
	shoots: [],
	joined: [],
	invited: [],
	deleted: [],
	skipped: [],
	expected: null,
};

/** Everybody in the organization, and how loading them goes. What of it is shown, the screen decides. */
export class Roster {
	#source: RosterSource;
	#describe: (error: unknown) => RosterState;
	#loading: AbortController | null = null;
	#loadedAt = 0;
	#data = $state.raw<RosterData | null>(null);
	#state = $state.raw<RosterState>({ kind: 'loading' });
	#kept = $state(false);
	#readAt = $state<number | null>(null);
	#down = $state(false);
	#pausedUntil = $state<number | null>(null);

	/**
	 * @param describe turns what `load` threw into the state to show; it must not throw
	 */
	constructor(source: RosterSource, describe: (error: unknown) => RosterState) {
		this.#source = source;
		this.#describe = describe;
	}

	/** Whoever there is; nobody before the first answer. */
	get data(): RosterData {
		return this.#data ?? nobody;
	}

	/** Something has been loaded, now or before. */
	get loaded(): boolean {
		return this.#data !== null;
	}

	/** Everybody has been loaded, not only a first part: counts and exports may be made of it. */
	get whole(): boolean {
		return this.#data !== null && this.#data.expected === null;
	}

	/** What is shown was kept in this browser, and waits to be brought up to date. */
	get kept(): boolean {
		return this.#kept;
	}

	/** When what is shown was read from the backend, in ms since the epoch; `null` while nothing whole is. */
	get readAt(): number | null {
		return this.#readAt;
	}

	/** There is somebody to show, and no network to ask for more. */
	get offline(): boolean {
		return this.loaded && this.#down;
	}

	/** Everybody once. */
	readonly people = $derived.by(() => listPeople(this.data.shoots, this.data.joined, this.data.invited));

	/** Keys of the members who have more than one finished shoot, test shoots among them. */
	readonly withSeveralShoots = $derived.by(() => {
		const once = new Set<string>();
		const several = new Set<string>();
		for (const shoot of this.data.shoots) {
			const key = memberKey(shoot);
			(once.has(key) ? several : once).add(key);
		}
		return several;
	});

	/** While it reloads, what was shown before stays. */
	get state(): RosterState {
		return this.#state;
	}

	/** What a load under way is standing still for. */
	get waiting(): 'network' | 'server' | null {
		if (this.#state.kind !== 'loading') return null;
		return this.#down ? 'network' : this.#pausedUntil !== null ? 'server' : null;
	}

	/** The network has gone (true), or is back. */
	setDown(down: boolean): void {
		this.#down = down;
	}

	/** The backend asks to wait until then (ms since the epoch), or no longer (`null`). */
	setPaused(until: number | null): void {
		this.#pausedUntil = until;
	}

	team(id: string | null): Team | null {
		return this.data.teams.find((team) => team.id === id) ?? null;
	}

	/**
	 * Shows what was kept, unless there is something already; the backend's own answer takes its place.
	 * @param readAt when it was read from the backend, in ms since the epoch
	 */
	showKept(data: RosterData, readAt: number): void {
		if (this.#data !== null) return;
		this.#data = data;
		this.#kept = true;
		this.#readAt = readAt;
	}

	/** Shows nobody any more: whoever is signed in now may not see them. */
	drop(): void {
		this.#data = null;
		this.#kept = false;
		this.#readAt = null;
	}

	async load(): Promise<void> {
		this.#loading?.abort();
		const loading = new AbortController();
		this.#loading = loading;
		this.#state = { kind: 'loading' };
		try {
			const data = await this.#source.load(loading.signal, (part) => {
				// What is whole is not replaced by a part of it.
				if (!this.whole && this.#loading === loading && this.#state.kind === 'loading') this.#data = part;
			});
			if (loading.signal.aborted) return;
			this.#data = data;
			this.#kept = false;
			this.#readAt = this.#loadedAt = Date.now();
			this.#state = { kind: 'ready' };
		} catch (error) {
			if (loading.signal.aborted) return;
			// A part of the members must not pass for all of them.
			if (!this.whole) this.#data = null;
			this.#state = this.#describe(error);
		}
	}

	/** A thumbnail's link has expired: asks for fresh ones, for all of them at once, and not again and again. */
	renew(): void {
		if (this.#state.kind !== 'ready' || this.#sinceLoaded() < RENEW_EVERY) return;
		void this.load();
	}

	/** Loads what has not been loaded, or so long ago that much may have changed. */
	refresh(): void {
		if (this.#state.kind === 'ready' && this.#sinceLoaded() < STALE_AFTER) return;
		if (this.#state.kind === 'loading' && this.#loading !== null) return;
		void this.load();
	}

	dispose(): void {
		this.#loading?.abort();
	}

	/** In ms; both ways, so that a clock that was set back doesn't keep what is old. */
	#sinceLoaded(): number {
		return Math.abs(Date.now() - this.#loadedAt);
	}
}
