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

/** For this tab alone. */
export class MemorySentLog implements SentLog {
	#sent = new Map<string, number>();

	async claim(organization: string, member: string, now: number): Promise<boolean> {
		const key = keyOf(organization, member);
		const at = this.#sent.get(key);
		if (at !== undefined && isRecent(at, now)) return false;
		this.#sent.set(key, now);
		return true;
	}

	async release(organization: string, member: string, at: number): Promise<void> {
		const key = keyOf(organization, member);
		if (this.#sent.get(key) === at) this.#sent.delete(key);
	}
}

/** For all tabs, also where the browser stores nothing: whoever sends a link holds a lock for as long as it counts. */
export class LockedSentLog implements SentLog {
	#locks: LockManager;
	#held = new Map<string, () => void>();

	constructor(locks: LockManager) {
		this.#locks = locks;
	}

	claim(organization: string, member: string, now: number): Promise<boolean> {
		const key = keyOf(organization, member);
		return new Promise((resolve, reject) => {
			this.#locks
				.request(`headshot-admin:access-link:${key}`, { ifAvailable: true }, (lock) => {
					resolve(lock !== null);
					if (lock === null) return;
					return new Promise<void>((letGo) => {
						this.#held.set(`${key} ${now}`, letGo);
						setTimeout(() => void this.release(organization, member, now), RECENT_MS);
					});
				})
				.catch(reject);
		});
	}

	async release(organization: string, member: string, at: number): Promise<void> {
		const claim = `${keyOf(organization, member)} ${at}`;
		this.#held.get(claim)?.();
		this.#held.delete(claim);
	}
}

function keyOf(organization: string, member: string): string {
	return JSON.stringify([organization, member]);
}

/** All of them as one, the most certain first: one that fails must not stand in a link's way. */
export function together(logs: readonly SentLog[]): SentLog {
	return {
		async claim(...claim) {
			for (const [index, log] of logs.entries()) {
				const isFree = await log.claim(...claim).catch((error: unknown) => {
					console.warn('Whether an access link was sent is known to fewer tabs.', error);
					return true;
				});
				if (isFree) continue;
				// Another tab's claim is not this tab's, and must not outlast it here.
				for (const claimed of logs.slice(0, index)) await claimed.release(...claim);
				return false;
			}
			return true;
		},
		async release(...claim) {
			for (const log of logs) {
				await log.release(...claim).catch((error: unknown) => {
					console.warn('An access link that was not sent stays noted as sent for a minute.', error);
				});
			}
		},
	};
}
