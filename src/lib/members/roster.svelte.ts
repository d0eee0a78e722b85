import type { FinishedShoot, Team } from './member';

/** Where the roster gets its data; the session gives it the backend's client. */
export interface RosterSource {
	load(signal: AbortSignal): Promise<RosterData>;
}

export interface RosterData {
	organization: string;
	teams: Team[];
	shoots: FinishedShoot[];
	/** A sentence for each item of the backend's answer that could not be read and was left out. */
	skipped: string[];
}

export type RosterState =
	| { kind: 'loading' }
	| { kind: 'ready' }
	| { kind: 'signed-out' }
	/** `reason` is a sentence for the person. */
	| { kind: 'failed'; reason: string };

/** Expired links are renewed at most so often, in ms. */
const RENEW_EVERY = 60_000;

/** The members on the page: loading, team scope, what is shown. */
export class Roster {
	#source: RosterSource;
	#describe: (error: unknown) => RosterState;
	#loading: AbortController | null = null;
	#loadedAt = 0;
	#data = $state.raw<RosterData | null>(null);
	#state = $state.raw<RosterState>({ kind: 'loading' });
	#down = $state(false);
	#pausedUntil = $state<number | null>(null);
	/** Only this team; `null` for the whole organization. */
	teamId = $state<string | null>(null);

	/**
	 * @param describe turns what `load` threw into the state to show; it must not throw
	 */
	constructor(source: RosterSource, describe: (error: unknown) => RosterState) {
		this.#source = source;
		this.#describe = describe;
	}

	readonly organization = $derived.by(() => this.#data?.organization ?? null);
	readonly teams = $derived.by(() => this.#data?.teams ?? []);
	readonly skipped = $derived.by(() => this.#data?.skipped ?? []);

	/** Finished shoots of the selected team, newest first. */
	readonly finished = $derived.by(() => {
		const shoots = this.#data?.shoots ?? [];
		return this.teamId === null ? shoots : shoots.filter((shoot) => shoot.team?.id === this.teamId);
	});

	/** How many of `finished` have a favorite, that is, how many a download is about. */
	readonly favorites = $derived.by(() => this.finished.filter((shoot) => shoot.favorite !== null).length);

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

	get team(): Team | null {
		return this.teams.find((team) => team.id === this.teamId) ?? null;
	}

	async load(): Promise<void> {
		this.#loading?.abort();
		const loading = new AbortController();
		this.#loading = loading;
		this.#state = { kind: 'loading' };
		try {
			const data = await this.#source.load(loading.signal);
			if (loading.signal.aborted) return;
			this.#data = data;
			this.#loadedAt = Date.now();
			if (!data.teams.some((team) => team.id === this.teamId)) this.teamId = null;
			this.#state = { kind: 'ready' };
		} catch (error) {
			if (!loading.signal.aborted) this.#state = this.#describe(error);
		}
	}

	/** A thumbnail's link has expired: asks for fresh ones, for all of them at once, and not again and again. */
	renew(): void {
		if (this.#state.kind !== 'ready' || Date.now() - this.#loadedAt < RENEW_EVERY) return;
		void this.load();
	}

	dispose(): void {
		this.#loading?.abort();
	}
}
