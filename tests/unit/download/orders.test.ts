import { describe, expect, test } from 'vitest';
import type { JobOutcome, JobRequest } from '$lib/download/contract';
import type { Order } from '$lib/download/running/job-view';
import { allOfIt, firstPart, onceMore, partAfter, whatFailed } from '$lib/download/running/orders';

const scope = { team: { id: 't', name: 'T' } };
const one = { shootId: 's1', photoId: 'p1', picture: null, file: 'headshot.jpg' } as const;
const other = { shootId: 's2', photoId: 'p2', picture: 'a.png', file: 'pfp.jpg' } as const;
const interrupted = { id: 'old' } as JobRequest;
const last: Order = { scope, files: [one], round: 1, interrupted };
const failed: JobOutcome = { kind: 'failed', reason: 'Gone.', failures: [] };
const saved = (failures: object[] = []) => ({ kind: 'saved', failures }) as unknown as JobOutcome;

describe('once more', () => {
	test.each([failed, { kind: 'cancelled' } as const, null])('after %j: with what it has left', (outcome) =>
		expect(onceMore(last, outcome)).toBe(last),
	);

	test('but not with what was handed over', () =>
		expect(onceMore(last, saved())).toEqual({ scope, files: [one], round: 1 }));
});

describe('what failed', () => {
	test('comes in a round of its own, with nothing of the last', () =>
		expect(whatFailed(last, saved([{ ...other, member: 'Ada', email: null, reason: 'Gone.' }]))).toEqual({
			...{ scope, files: [{ ...other, member: 'Ada', email: null }], round: 2 },
		}));

	test.each([null, saved(), { kind: 'cancelled' } as const])('is nothing after %j', (outcome) =>
		expect(whatFailed(last, outcome)).toBeNull(),
	);
});

describe('where there is hardly room', () => {
	const parts = [[one], [other]];

	test('all of it, here or straight to disk', () => {
		expect(allOfIt(last, 'here')).toEqual({ scope, files: [one], round: 1, whateverRoom: true });
		const chosen = { ...scope, straightToDisk: true };
		expect(allOfIt(last, 'straight-to-disk')).toEqual({ scope: chosen, files: [one], round: 1 });
	});

	test('one part after the other, whatever was fetched again between them', () => {
		const first = firstPart(last, parts);
		expect(first).toEqual({
			...{ scope, files: [one], round: 1 },
			...{ series: { parts, index: 0 }, whateverRoom: true },
		});
		const second = partAfter({ ...first, files: [], round: 2, interrupted });
		expect(second).toEqual({ ...first, files: [other], series: { parts, index: 1 } });
		expect(partAfter(second!)).toBeNull();
		expect(partAfter(last)).toBeNull();
	});
});
