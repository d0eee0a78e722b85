import type { FileKey, JobOutcome } from '$lib/download/contract';
import type { Order } from './job-view';

/*
 * What an admin may order once a download has ended, out of what was ordered last.
 */

/** The same once more. What was kept of the last try goes on, but not one that was handed over. */
export function onceMore(last: Order, outcome: JobOutcome | null): Order {
	return outcome?.kind === 'saved' ? anew(last) : last;
}

/** Just what has failed; `null` when nothing has. */
export function whatFailed(last: Order, outcome: JobOutcome | null): Order | null {
	if (!outcome || !('failures' in outcome) || outcome.failures.length === 0) return null;
	const files = outcome.failures.map(({ reason: _, ...file }) => file);
	return { ...anew(last), files, round: last.round + 1 };
}

/** All of it, although there is hardly room: here all the same, or straight to a file that the admin chooses. */
export function allOfIt(last: Order, how: 'here' | 'straight-to-disk'): Order {
	const order = anew(last);
	if (how === 'here') return { ...order, whateverRoom: true };
	return { ...order, scope: { ...order.scope, straightToDisk: true } };
}

/** The first of these parts. */
export function firstPart(last: Order, parts: FileKey[][]): Order {
	return { ...anew(last), files: parts[0]!, series: { parts, index: 0 }, whateverRoom: true };
}

/** The part after the last; `null` when none comes. */
export function partAfter({ scope, series }: Order): Order | null {
	if (!series) return null;
	const index = series.index + 1;
	const files = series.parts[index];
	return files ? { scope, files, round: 1, series: { ...series, index }, whateverRoom: true } : null;
}

/** Nothing of an earlier try goes on. */
export function anew({ interrupted: _, ...order }: Order): Order {
	return order;
}
