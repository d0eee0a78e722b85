import { shared } from '$lib/net/wait';

/** Where a job's lanes ask before each photo whether they may go on: the admin's Pause holds all of them here. */
export class Pauser {
	#onpause: (paused: boolean) => void;
	#held: { promise: Promise<void>; open: () => void } | null = null;
	#closed = false;

	/** @param onpause told when the admin pauses (true), and when that is over (false) */
	constructor(onpause: (paused: boolean) => void) {
		this.#onpause = onpause;
	}

	/** Holds whoever comes from now on; whoever has passed is not called back. */
	pause(): void {
		if (this.#held || this.#closed) return;
		let open = () => {};
		const promise = new Promise<void>((resolve) => (open = resolve));
		this.#held = { promise, open };
		this.#onpause(true);
	}

	resume(): void {
		if (!this.#held) return;
		this.#held.open();
		this.#held = null;
		this.#onpause(false);
	}

	/** Resolves once nothing is paused. Rejects with the signal's reason. */
	async pass(signal: AbortSignal): Promise<void> {
		// Paused anew before the last pause's waiters have woken: they wait again.
		while (this.#held) await shared(this.#held.promise, signal);
	}

	/** Passes for the last time: what comes after can't be paused, and must not say that it is. */
	async close(signal: AbortSignal): Promise<void> {
		await this.pass(signal);
		this.#closed = true;
	}
}
