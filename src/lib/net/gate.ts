import { sleep } from './wait';

/**
 * One host's door: whoever wants to call the host waits here first, so that one "later" from it holds everybody.
 */
export class Gate {
	/** By both clocks, in ms: the one of the day may be set, and the other may stand still while the computer sleeps. */
	#until = { day: 0, running: 0 };
	#waiting = 0;
	#onwait: (until: number | null) => void;

	/** @param onwait told when somebody stands at the closed door (until when, ms since the epoch), and when nobody does (`null`) */
	constructor(onwait: (until: number | null) => void = () => {}) {
		this.#onwait = onwait;
	}

	/** Closes the door for `ms`; never shortens a pause that lasts longer. */
	pause(ms: number): void {
		const { day, running } = this.#until;
		this.#until = { day: Math.max(day, Date.now() + ms), running: Math.max(running, performance.now() + ms) };
	}

	/** Resolves when the door is open. Rejects with the signal's reason. */
	async pass(signal: AbortSignal): Promise<void> {
		signal.throwIfAborted();
		if (this.#rest() <= 0) return;
		this.#waiting++;
		try {
			for (let rest = this.#rest(); rest > 0; rest = this.#rest()) {
				this.#onwait(Date.now() + rest);
				await sleep(rest, signal);
			}
		} finally {
			if (--this.#waiting === 0) this.#onwait(null);
		}
	}

	/** How long the door stays closed, in whole ms. */
	#rest(): number {
		return Math.ceil(Math.min(this.#until.day - Date.now(), this.#until.running - performance.now()));
	}
}
