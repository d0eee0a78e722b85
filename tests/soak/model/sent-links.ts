/** What must come of a press on Send access link, in ms since the last one that went out. */
export type Expected = 'sent' | 'too soon' | 'either';

/** How long the page waits before it sends another, and how far its clock may be from this one's, in ms. */
const pause = 60_000;
const doubt = 5_000;

/** Access links that went out, by the member's id. */
export class SentLinks {
	readonly #last = new Map<string, number>();

	expected(memberId: string, now: number): Expected {
		const since = now - (this.#last.get(memberId) ?? -Infinity);
		if (since < pause - doubt) return 'too soon';
		return since > pause + doubt ? 'sent' : 'either';
	}

	sent(memberId: string, now: number): void {
		this.#last.set(memberId, now);
	}
}
