import { isBackendError } from '$lib/backend/errors';
import type { Availability } from './availability';
import type { Reachable } from './recipients';
import { endsAll, sendOne, type Outcome, type Sending, type Sent } from './send-one';

export interface LinkResult {
	recipient: Reachable;
	outcome: Outcome;
}

export interface RunEvents {
	/** Told each outcome as it comes. */
	onresult(result: LinkResult): void;
	/** Told when the next link can't leave because the backend asked for a pause (true), and when it leaves (false). */
	onwait(waiting: boolean): void;
}

/** How often the backend may put off one of several links before that one is given up. */
const PAUSES = 3;
/** A wait so short, in ms, isn't worth a word. */
const MOMENT = 300;

/** Sends several links, one after another. */
export class Run {
	#sending: Sending;
	#availability: Availability;
	#events: RunEvents;
	#ended = false;
	/** A request is under way. */
	#left = false;
	/** Ends what has not left yet. */
	#abort = new AbortController();

	constructor(sending: Sending, availability: Availability, events: RunEvents) {
		this.#sending = sending;
		this.#availability = availability;
		this.#events = events;
	}

	/** Sends to all of them; those whose turn never came are told as well. Never rejects. */
	async sendAll(recipients: readonly Reachable[]): Promise<void> {
		const several = recipients.length > 1;
		for (const recipient of recipients) {
			let sent: Sent = { outcome: { kind: 'not-asked' } };
			if (!this.#ended) {
				sent = await this.#sendPatiently(recipient.memberId, several);
				this.#availability.learn(recipient.memberId, sent);
				this.#ended ||= this.#availability.missing || endsAll(sent.error);
			}
			this.#events.onresult({ recipient, outcome: sent.outcome });
		}
	}

	/** No further link is sent. The request under way isn't cut off: what comes of it is awaited. */
	stop(): void {
		this.#ended = true;
		if (!this.#left) this.#abort.abort();
	}

	/** Nobody waits for it any more. */
	abandon(): void {
		this.#ended = true;
		this.#abort.abort();
	}

	/** One of several waits until the backend takes it; a single one is the admin's to press again. */
	async #sendPatiently(memberId: string, several: boolean): Promise<Sent> {
		for (let pauses = 0; ; pauses++) {
			const sent = await this.#send(memberId);
			const putOff = isBackendError(sent.error, 'busy') && several && pauses < PAUSES;
			if (!putOff || this.#ended) return sent;
		}
	}

	async #send(memberId: string): Promise<Sent> {
		const slow = setTimeout(() => this.#events.onwait(true), MOMENT);
		const sent = await sendOne(this.#sending, memberId, this.#abort.signal, () => {
			this.#left = true;
			clearTimeout(slow);
			this.#events.onwait(false);
		});
		this.#left = false;
		clearTimeout(slow);
		return sent;
	}
}
