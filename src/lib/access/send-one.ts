import type { Backend } from '$lib/backend/client';
import { isBackendError, isRefusal, sentenceOf } from '$lib/backend/errors';
import type { SentLog } from './sent-log';

/** What came of one link. */
export type Outcome =
	| { kind: 'sent' }
	/** By another press or another tab, within the last minute. */
	| { kind: 'already-sent' }
	/** `reason` is a sentence for the person. `certain`: no link was sent, so another try can't make two. */
	| { kind: 'failed'; reason: string; certain: boolean }
	/** Its turn never came. */
	| { kind: 'not-asked' };

export interface Sending {
	backend: Pick<Backend, 'sendAccessLink'>;
	log: SentLog;
	/** The organization's uid. */
	organization: string;
	/** ms since the epoch */
	now: () => number;
}

/** What came of it, and the error behind a failure. */
export interface Sent {
	outcome: Outcome;
	error?: unknown;
}

class AlreadySentError extends Error {
	override name = 'AlreadySentError';
}

/**
 * Sends one link, unless it was sent within the last minute. Never rejects.
 *
 * @param signal stops it for certain only until it leaves
 * @param onleave told when nothing but the request is left to wait for
 */
export async function sendOne(
	{ backend, log, organization, now }: Sending,
	memberId: string,
	signal: AbortSignal,
	onleave: () => void,
): Promise<Sent> {
	let claimed: number | null = null;
	try {
		// Claimed at the last moment: a pause that the backend asks for may be longer than the claim holds.
		await backend.sendAccessLink(memberId, signal, async () => {
			const at = now();
			if (!(await log.claim(organization, memberId, at))) throw new AlreadySentError();
			// Writing it takes a moment, in which it may have been stopped.
			if (signal.aborted) {
				await log.release(organization, memberId, at);
				signal.throwIfAborted();
			}
			claimed = at;
			onleave();
		});
		return { outcome: { kind: 'sent' } };
	} catch (error) {
		if (error instanceof AlreadySentError) return { outcome: { kind: 'already-sent' } };
		if (claimed === null && signal.aborted) return { outcome: { kind: 'not-asked' } };
		const certain = claimed === null || isRefusal(error);
		if (claimed !== null && certain) await log.release(organization, memberId, claimed);
		return { outcome: { kind: 'failed', reason: reasonOf(error, certain), certain }, error };
	}
}

/** After such a failure the others would fail in the same way. */
export function endsAll(error: unknown): boolean {
	return (['unauthorized', 'no-token', 'forbidden', 'unreachable'] as const).some((code) =>
		isBackendError(error, code),
	);
}

function reasonOf(error: unknown, certain: boolean): string {
	const said = sentenceOf(error);
	// The backend's own words may end without a full stop.
	return certain ? said : `${said.replace(/[^.!?…]$/u, '$&.')} The link may have been sent all the same.`;
}
