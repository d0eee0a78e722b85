import { shared, sleep } from './wait';

/**
 * Whether the network is there at all. A host that fails while the backend answers is that host's fault; when nothing
 * answers, nobody's tries are used up, and everybody waits.
 *
 * `navigator.onLine` says "true" in many networks that lead nowhere, so only a probe decides; the `online` event
 * merely brings the next probe forward.
 */
export class Connection {
	#probe: (signal: AbortSignal) => Promise<boolean>;
	#probeMs: number;
	#onchange: (down: boolean) => void;
	#probing: Promise<boolean> | null = null;
	#returning: Promise<void> | null = null;
	#life = new AbortController();

	/**
	 * @param probe true when the backend answered anything at all; must not throw, and must settle
	 * @param probeMs how often to probe while it is down
	 * @param onchange told when the network goes (true) and comes back (false)
	 */
	constructor(
		probe: (signal: AbortSignal) => Promise<boolean>,
		probeMs: number,
		onchange: (down: boolean) => void = () => {},
	) {
		this.#probe = probe;
		this.#probeMs = probeMs;
		this.#onchange = onchange;
	}

	/** Waits while the network is down. True when it was, so that the failure was the network's. */
	async ridOut(signal: AbortSignal): Promise<boolean> {
		if (!this.#returning && (await shared(this.#answers(), signal))) return false;
		this.#returning ??= this.#untilBack().finally(() => (this.#returning = null));
		await shared(this.#returning, signal);
		return !this.#life.signal.aborted;
	}

	/** Ends probing and waiting for good: from then on every failure is a failed try. */
	dispose(): void {
		this.#life.abort();
	}

	/** One probe at a time serves everybody who asks. */
	#answers(): Promise<boolean> {
		this.#probing ??= this.#probe(this.#life.signal).finally(() => (this.#probing = null));
		return this.#probing;
	}

	async #untilBack(): Promise<void> {
		this.#onchange(true);
		const life = this.#life.signal;
		while (!life.aborted && !(await this.#answers())) await onlineOr(this.#probeMs, life);
		if (!life.aborted) this.#onchange(false);
	}
}

/** Waits `ms`, or until the browser says that it is online again; never rejects. */
async function onlineOr(ms: number, signal: AbortSignal): Promise<void> {
	const woken = new AbortController();
	const wake = () => woken.abort();
	const target: Partial<EventTarget> = globalThis;
	target.addEventListener?.('online', wake);
	await sleep(ms, AbortSignal.any([signal, woken.signal])).catch(() => {});
	target.removeEventListener?.('online', wake);
}
