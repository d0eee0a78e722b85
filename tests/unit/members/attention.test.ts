import { describe, expect, test } from 'vitest';
import { attention, concerns, type Concern } from '$lib/members/attention';
import type { FinishedShoot } from '$lib/members/member';
import { favorite, finishedShoot } from './people-helpers.ts';

const day = 24 * 3600_000;
const now = 100 * day;

function concernsOf(
	shoots: FinishedShoot[],
	marks: { actioned?: string[]; changed?: string[] } = {},
): Partial<Record<Concern, string[]>> {
	const found = attention(shoots, {
		actioned: ({ id }) => marks.actioned?.includes(id) ?? false,
		changed: ({ id }) => marks.changed?.includes(id) ?? false,
		now,
	});
	return Object.fromEntries(
		concerns
			.map((concern) => [concern, [...found[concern]].map(({ id }) => id)] as const)
			.filter(([, ids]) => ids.length > 0),
	);
}

test('a member with everything concerns nobody', () => expect(concernsOf([finishedShoot('a')])).toEqual({}));

test('no favorite, and no profile picture, are told apart', () => {
	const none = favorite({ profilePicture: { kind: 'none' } });
	const own = favorite({ profilePicture: { kind: 'own-crop' } });
	expect(
		concernsOf([
			finishedShoot('a', { favorite: null }),
			finishedShoot('b', { favorite: none }),
			finishedShoot('c', { favorite: own }),
		]),
	).toEqual({ 'no-favorite': ['a'], 'no-profile-picture': ['b'] });
});

test('two shoots of one member: both, until one is actioned', () => {
	const both = [finishedShoot('a', { memberId: 'm' }), finishedShoot('b', { memberId: 'm' })];
	expect(concernsOf(both)).toEqual({ 'several-shoots': ['a', 'b'] });
	expect(concernsOf(both, { actioned: ['b'] })).toEqual({ 'several-shoots': ['a'] });
});

describe('the same folder name', () => {
	const noAddress = (id: string, title: string) => finishedShoot(id, { email: null, title });

	test('of one who is actioned and one who is not concerns the other; without a favorite there is no folder', () => {
		const both = [noAddress('a', 'Chef'), noAddress('b', 'Chef')];
		expect(concernsOf(both, { actioned: ['a'] })).toEqual({ 'same-folder': ['b'] });
		expect(concernsOf([both[0]!, { ...both[1]!, favorite: null }])).toEqual({ 'no-favorite': ['b'] });
	});

	test('of two members is a concern', () => {
		expect(concernsOf([noAddress('a', 'Photographer'), noAddress('b', 'photographer')])).toEqual({
			'same-folder': ['a', 'b'],
		});
		expect(
			concernsOf([
				finishedShoot('a', { email: 'x@example.com' }),
				finishedShoot('b', { email: 'X@example.com' }),
				finishedShoot('c'),
			]),
		).toEqual({ 'same-folder': ['a', 'b'] });
	});

	test('that only a file system takes for the same is one, too', () => {
		expect(
			concernsOf([
				finishedShoot('a', { email: 'jose\u0301@example.com' }),
				finishedShoot('b', { email: 'jos\u00e9@example.com' }),
				finishedShoot('c', { email: 'jose@example.com' }),
			]),
		).toEqual({ 'same-folder': ['a', 'b'] });
	});

	test.each([
		['what is left out at the beginning', '-ada@example.com', '--ada@example.com'],
		['what is left out at the beginning of one alone', 'ada@example.com', '.ada@example.com'],
		['what is left out at the end', 'ada@example.com.', 'ada@example.com..'],
		['what is left out at the end of one alone', 'ada@example.com', 'ada@example.com.'],
		['what becomes a hyphen before the @', 'a:@example.com', 'a/@example.com'],
		['what becomes a hyphen amid a name', 'a:b@example.com', 'a/b@example.com'],
		['what becomes a hyphen behind the @', 'a@:b', 'a@/b'],
		['what is cut off before the @', `${'x'.repeat(130)}@example.com`, `${'x'.repeat(131)}@example.com`],
		['what is cut off behind the @', `a@${'x'.repeat(130)}.com`, `a@${'x'.repeat(131)}.com`],
		['a placeholder that is no address', 'none', 'n/a'],
	])('of addresses that differ only in %s is one', (_, one, other) => {
		const shoots = [one, other].map((email, at) => finishedShoot(`${at}`, { email, title: 'Chef' }));
		expect(concernsOf([...shoots, finishedShoot('c')])).toEqual({ 'same-folder': ['0', '1'] });
		expect(concernsOf(shoots)).toEqual({ 'same-folder': ['0', '1'] });
	});

	test('of two shoots of one member is none', () => {
		const both = ['a', 'b'].map((id) => finishedShoot(id, { memberId: 'm', email: null, title: 'Chef' }));
		expect(concernsOf(both)['same-folder']).toBeUndefined();
	});

	test('of different titles is none', () =>
		expect(concernsOf([noAddress('a', 'Cook'), noAddress('b', 'Chef')])).toEqual({}));
});

test('finished over three weeks ago: to the millisecond, and never without a date', () => {
	expect(
		concernsOf([
			finishedShoot('a', { finishedAt: now - 21 * day }),
			finishedShoot('b', { finishedAt: now - 21 * day - 1 }),
			finishedShoot('c', { finishedAt: null }),
		]),
	).toEqual({ overdue: ['b'] });
});

test('what is handed over concerns nobody, unless it has changed since', () => {
	const shoots = [
		finishedShoot('a', { favorite: null, finishedAt: 0 }),
		finishedShoot('b', { finishedAt: 0 }),
	];
	expect(concernsOf(shoots, { actioned: ['a', 'b'], changed: ['b'] })).toEqual({ changed: ['b'] });
});
