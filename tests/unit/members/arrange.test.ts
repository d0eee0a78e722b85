import { describe, expect, test } from 'vitest';
import { foldText, matching, sorted } from '$lib/members/arrange';
import { finishedShoot } from './people-helpers.ts';

const people = [
	finishedShoot('1', { name: 'José Muñoz', email: 'jose.munoz@example.com' }),
	finishedShoot('2', { name: 'Łukasz Wójcik', email: 'l.w@example.com' }),
	finishedShoot('3', { name: null, email: 'STRASSE@example.com' }),
	finishedShoot('4', { name: 'Anna Weiß', email: null }),
	finishedShoot('5', { name: '王芳', email: 'fang@example.com' }),
];
const found = (search: string) => matching(people, search).map(({ id }) => id);

describe('a search', () => {
	test('begins at two characters', () => {
		expect(matching(people, 'j')).toBe(people);
		expect(matching(people, ' j ')).toBe(people);
		expect(found('jo')).toEqual(['1']);
	});

	test.each([
		['jose', ['1']],
		['JOSÉ', ['1']],
		['José', ['1']],
		['munoz jos', ['1']],
		['lukasz', ['2']],
		['wojcik', ['2']],
		['straße', ['3']],
		['weiss', ['4']],
		['王芳', ['5']],
		['example', ['1', '2', '3', '5']],
		['nobody', []],
		['jose nobody', []],
	])('for %o finds %o', (search, ids) => expect(found(search)).toEqual(ids));

	test('does not run a name into an address', () => expect(found('com jos')).toEqual(['1']));
});

test('folding keeps what has no other form', () => expect(foldText('İ ﬁ Ⅷ ＡＢ')).toBe('i fi viii ab'));

describe('the order', () => {
	const shoots = [
		finishedShoot('late', { email: 'zoe@example.com' }),
		finishedShoot('middle', { email: null, name: 'Émile' }),
		finishedShoot('early', { email: 'Ada@example.com' }),
	];
	const ids = (sort: Parameters<typeof sorted>[1], at: Record<string, number> = {}) =>
		sorted(shoots, sort, ({ id }) => at[id] ?? 0).map(({ id }) => id);

	test('latest is as it comes', () => expect(ids('latest')).toEqual(['late', 'middle', 'early']));
	test('by name is by e-mail, whatever the case; by name where there is none', () =>
		expect(ids('name')).toEqual(['early', 'middle', 'late']));
	test('actioned last begins with the most recent', () =>
		expect(ids('actioned', { middle: 5, early: 9 })).toEqual(['early', 'middle', 'late']));
});
