/** A link that was sent so recently, in ms, isn't sent again: a second press, or a second tab. */
const RECENT_MS = 60_000;

/** What is known of links sent lately, in all tabs of this browser. */
export interface SentLog {
	/**
	 * Notes that a link is being sent, unless that is noted already (`isRecent`). Reads and writes in one step, so that
	 * of two tabs only one gets `true`.
	 *
	 * @param organization its uid
	 * @param now ms since the epoch
	 */
	claim(organization: string, member: string, now: number): Promise<boolean>;
	/** Takes back the claim made at `at`, since nothing was sent. A later claim stays. */
	release(organization: string, member: string, at: number): Promise<void>;
}

/** Both ways, so that a clock that was put back doesn't bar a member for as long. Times in ms since the epoch. */
export function isRecent(at: number, now: number): boolean {
	return Math.abs(now - at) < RECENT_MS;
}

/** For this tab alone, where the browser stores nothing. */
export class MemorySentLog implements SentLog {
	#sent = new Map<string, number>();

	async claim(organization: string, member: string, now: number): Promise<boolean> {
		const key = JSON.stringify([organization, member]);
		const at = this.#sent.get(key);
		if (at !== undefined && isRecent(at, now)) return false;
		this.#sent.set(key, now);
		return true;
	}

	async release(organization: string, member: string, at: number): Promise<void> {
		const key = JSON.stringify([organization, member]);
		if (this.#sent.get(key) === at) this.#sent.delete(key);
	}
}

/** The same log, with this tab's memory in its place when it fails: storage must not stand in a link's way. */
export function withMemory(log: SentLog): SentLog {
	const memory = new MemorySentLog();
	return {
		async claim(...claim) {
			if (!(await memory.claim(...claim))) return false;
			try {
				const granted = await log.claim(...claim);
				// Another tab's claim is not this tab's, and must not outlast it here.
				if (!granted) await memory.release(...claim);
				return granted;
			} catch (error) {
				console.warn('Sent access links are known to this tab only.', error);
				return true;
			}
		},
		async release(...claim) {
			await memory.release(...claim);
			await log.release(...claim).catch((error: unknown) => {
				console.warn('An access link that was not sent stays noted as sent for a minute.', error);
			});
		},
	};
}
