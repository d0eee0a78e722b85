import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	actionedAt,
	LONGEST_NOTE,
	marked,
	merge,
	nextTime,
	tidyNote,
	type Marker,
} from '$lib/actioned/marker';

const aMarker: Marker = {
	organization: 'acme',
	shootId: 'shoot-1',
	state: 'actioned',
	at: 1_000,
	photoId: 'photo-1',
	note: '',
	email: 'ada@example.com',
	name: 'Ada',
};

/** States of one shoot's marker, with few times and texts, so that many are equal in part. */
const states: fc.Arbitrary<Marker> = fc.record(
	{
		organization: fc.constant('acme'),
		shootId: fc.constant('shoot-1'),
		state: fc.constantFrom('actioned', 'undone'),
		at: fc.integer({ min: 0, max: 3 }),
		actionedAt: fc.integer({ min: 0, max: 1 }),
		photoId: fc.constantFrom(null, 'photo-1', 'photo-2'),
		note: fc.constantFrom('', 'sent'),
		email: fc.constantFrom(null, 'ada@example.com'),
		name: fc.constantFrom(null, 'Ada'),
	},
	{ requiredKeys: ['organization', 'shootId', 'state', 'at', 'photoId', 'note', 'email', 'name'] },
);

describe('a merge of two states', () => {
	test('comes to the same, whichever was there first', () => {
		fc.assert(fc.property(states, states, (a, b) => void expect(merge(a, b)).toEqual(merge(b, a))));
	});

	test('comes to the same, in whatever order three meet', () => {
		fc.assert(
			fc.property(
				states,
				states,
				states,
				(a, b, c) => void expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c))),
			),
		);
	});

	test('leaves a state that is the same alone', () => {
		fc.assert(fc.property(states, (a) => void expect(merge(a, { ...a })).toBe(a)));
	});

	test('is won by the newest: an undo beats the older mark, and a mark the older undo', () => {
		const undo: Marker = { ...aMarker, state: 'undone', at: 1_001 };
		expect(merge(aMarker, undo)).toBe(undo);
		expect(merge({ ...aMarker, at: 1_002 }, undo).state).toBe('actioned');
	});

	test('of which an older version of the page has written one: whoever knows when it was actioned wins', () => {
		const known = { ...aMarker, actionedAt: 500 };
		expect([merge(known, aMarker), merge(aMarker, known)]).toEqual([known, known]);
	});
});

test('one that has not changed since was actioned when it was made; so was one of an older version of the page', () => {
	expect([actionedAt(aMarker), actionedAt({ ...aMarker, actionedAt: 500 })]).toEqual([1_000, 500]);
});

describe('a new action', () => {
	test('has the time of the clock', () => {
		expect(nextTime(undefined, 5)).toBe(5);
		expect(nextTime(aMarker, 2_000)).toBe(2_000);
	});

	test('wins even when the clock was set back', () => {
		expect(nextTime(aMarker, 500)).toBe(1_001);
	});
});

test('marking again keeps the note', () => {
	const again = marked('acme', { ...aMarker, photoId: 'photo-2' }, { ...aMarker, note: 'sent' }, 2_000);
	expect(again).toEqual({ ...aMarker, photoId: 'photo-2', note: 'sent', at: 2_000 });
});

test('names and addresses are cut where they are endless, and may be missing', () => {
	const endless = { ...aMarker, email: 'x'.repeat(2_000), name: 'y'.repeat(2_000) };
	const { email, name } = marked('acme', endless, undefined, 1);
	expect([email, name]).toEqual(['x'.repeat(1_000), 'y'.repeat(1_000)]);
	const nobody = marked('acme', { ...aMarker, email: null, name: null }, undefined, 1);
	expect([nobody.email, nobody.name, nobody.note]).toEqual([null, null, '']);
});

test('a note is trimmed and cut', () => {
	expect(tidyNote('  sent ')).toBe('sent');
	expect(tidyNote('x'.repeat(LONGEST_NOTE + 1))).toHaveLength(LONGEST_NOTE);
});
