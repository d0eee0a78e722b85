import { Availability } from './availability';
import { partRecipients, type Reachable, type Recipient } from './recipients';
import { Run, type LinkResult } from './run';
import type { Sending } from './send-one';
import { MemorySentLog, together, type SentLog } from './sent-log';

export interface SendingState {
	kind: 'sending';
	recipients: Reachable[];
	/** Those whose outcome is known, of `total`. */
	done: number;
	total: number;
	results: LinkResult[];
	/** Nothing is under way: the next one can't leave, because the backend asked for a pause. */
	waiting: boolean;
	/** Stop was pressed, and the request under way is awaited. */
	stopping: boolean;
}

export type AccessLinksState =
	/** Nothing is sent before the admin says so. */
	| { kind: 'asking'; recipients: Reachable[]; unreachable: Recipient[] }
	| SendingState
	| { kind: 'finished'; results: LinkResult[] };

export interface AccessLinksOptions {
	backend: Sending['backend'];
	/** What other tabs know of links sent lately, the most certain first; where they fail, this tab's memory is left. */
	logs: SentLog[];
	/** ms since the epoch; for tests */
	now?: () => number;
}

const UNAVAILABLE = "This backend can't send access links.";

/** The question whether to send access links, and their sending: one after another, never twice within a minute. */
export class AccessLinks {
	#sending: Omit<Sending, 'organization'>;
	#state = $state.raw<AccessLinksState | null>(null);
	#unavailable = $state.raw<string | null>(null);
	#organization = '';
	#availability = new Availability();
	#run: Run | null = null;

	constructor({ backend, logs, now = Date.now }: AccessLinksOptions) {
		this.#sending = { backend, log: together([new MemorySentLog(), ...logs]), now };
	}

	get state(): AccessLinksState | null {
		return this.#state;
	}

	/** A sentence that says that this backend hasn't got the call; `null` as long as that isn't known. */
	get unavailable(): string | null {
		return this.#unavailable;
	}

	/** Whose members they are. What was asked, sent and learned for another organization is forgotten. */
	setOrganization(uid: string): void {
		if (uid === this.#organization) return;
		this.dispose();
		this.#organization = uid;
		this.#unavailable = null;
		this.#availability = new Availability();
	}

	/** Opens the question, unless links are being sent, or can't be. */
	ask(recipients: readonly Recipient[]): void {
		if (this.#state?.kind === 'sending' || this.#unavailable !== null) return;
		const { reachable, unreachable } = partRecipients(recipients);
		this.#state = { kind: 'asking', recipients: reachable, unreachable };
	}

	/** The admin's yes. A second one changes nothing. */
	send(): void {
		if (this.#state?.kind !== 'asking' || this.#state.recipients.length === 0) return;
		void this.#send(this.#state.recipients);
	}

	/** No further link is sent. The request under way isn't cut off: what comes of it is awaited, and shown. */
	stop(): void {
		if (this.#state?.kind !== 'sending') return;
		this.#state = { ...this.#state, stopping: true };
		this.#run?.stop();
	}

	/** Asks once more about those to whom certainly nothing was sent. */
	again(): void {
		if (this.#state?.kind !== 'finished') return;
		this.ask(this.#state.results.filter(mayTryAgain).map(({ recipient }) => recipient));
	}

	/** Forgets the question, or what came of it. While links are being sent it stays. */
	close(): void {
		if (this.#state?.kind !== 'sending') this.#state = null;
	}

	dispose(): void {
		this.#run?.abandon();
		this.#run = null;
		this.#state = null;
	}

	async #send(recipients: Reachable[]): Promise<void> {
		this.#state = {
			kind: 'sending',
			recipients,
			done: 0,
			total: recipients.length,
			results: [],
			waiting: false,
			stopping: false,
		};
		const sending = { ...this.#sending, organization: this.#organization };
		const run: Run = new Run(sending, this.#availability, {
			onwait: (waiting) => this.#patch(run, () => ({ waiting })),
			onresult: (result) =>
				this.#patch(run, ({ done, results }) => ({
					done: done + 1,
					results: [...results, result],
					waiting: false,
				})),
		});
		this.#run = run;
		await run.sendAll(recipients);
		if (this.#run !== run || this.#state?.kind !== 'sending') return;
		this.#run = null;
		if (this.#availability.missing) this.#unavailable = UNAVAILABLE;
		this.#state = { kind: 'finished', results: this.#state.results };
	}

	/** An abandoned run has no say any more. */
	#patch(run: Run, change: (state: SendingState) => Partial<SendingState>): void {
		if (this.#run !== run || this.#state?.kind !== 'sending') return;
		this.#state = { ...this.#state, ...change(this.#state) };
	}
}

/** Whether another try can't make two links of one. */
export function mayTryAgain({ outcome }: LinkResult): boolean {
	return outcome.kind === 'not-asked' || (outcome.kind === 'failed' && outcome.certain);
}
