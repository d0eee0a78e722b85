import { sleep } from './wait';

/**
 * One host's door: whoever wants to call the host waits here first, so that one "later" from it holds everybody.
 */
export class Gate {
	#until = 0;
	#waiting = 0;
	#onwait: (until: number | null) => void;

	/** @param onwait told when somebody stands at the closed door (until when, ms since the epoch), and when nobody does (`null`) */
	constructor(onwait: (until: number | null) => void = () => {}) {
		this.#onwait = onwait;
	}

	/** Closes the door for `ms`; never shortens a pause that lasts longer. */
	pause(ms: number): void {
		this.#until = Math.max(this.#until, Date.now() + ms);
	}

	/** Resolves when the door is open. Rejects with the signal's reason. */
	async pass(signal: AbortSignal): Promise<void> {
		signal.throwIfAborted();
		if (this.#until <= Date.now()) return;
		this.#waiting++;
		try {
			for (let rest = this.#until - Date.now(); rest > 0; rest = this.#until - Date.now()) {
				this.#onwait(this.#until);
				await sleep(rest, signal);
			}
		} finally {
			if (--this.#waiting === 0) this.#onwait(null);
		}
	}
}
