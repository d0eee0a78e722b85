import { describe, expect, test } from 'vitest';
import { sorted, matching } from '$lib/members/arrange';
import { displayName, memberKey, pictureKey } from '$lib/members/member';
import { FileNames, FolderNames, type FileRule } from '$lib/members/names';
import { favorite, finishedShoot } from './people-helpers.ts';

const owner = (email: string | null, name: string | null = null) => ({ email, name, title: null, id: '7' });
const take = (rule: FileRule, email: string | null, name: string | null = null) =>
	new FileNames(rule).take(owner(email, name));

/** One grapheme, so many UTF-8 bytes long: an even number. */
const grapheme = (bytes: number) => 'á' + '\u0301'.repeat(bytes / 2 - 1);

describe('a file of its own is named', () => {
	test.each<[FileRule, string, string, boolean]>([
		['email', ' ada@example.com ', 'ada@example.com.jpg', true],
		['email', 'a/da@example.com', 'a-da@example.com.jpg', false],
		['local-part', 'ada@example.com', 'ada.jpg', true],
		['local-part', 'a:da@example.com', 'a-da.jpg', false],
		['local-part', '..@example.com', 'member-7.jpg', false],
		['plain', 'zoë.o’neil+x@example.com', 'zoe_o_neil_x_example_com.jpg', true],
		['plain', '..zoë@example.com..', 'zoe_example_com.jpg', true],
		['plain', '__@…', 'member.jpg', true],
	])('by %s: %s is %s', (rule, email, name, isExact) => {
		expect(take(rule, email)).toEqual({ name, isExact });
	});

	test.each<FileRule>(['email', 'local-part', 'plain'])(
		'by %s, after the name where there is no e-mail',
		(rule) => {
			expect(take(rule, null, 'Ada')).toEqual({ name: 'Ada.jpg', isExact: false });
			expect(take(rule, 'x@y.invalid', 'Ada')).toEqual({ name: 'Ada.jpg', isExact: false });
		},
	);

	test('not exactly after a placeholder that happens to be the name as well', () => {
		expect(take('email', 'none', 'none')).toEqual({ name: 'none.jpg', isExact: false });
	});

	test('with a number where the name is taken, and in each folder anew', () => {
		const names = new FileNames('email', ['index.csv.jpg']);
		const all = [
			names.take(owner('a@x.com')),
			names.take(owner('A@x.com')),
			names.take(owner('a@x.com'), 'x.com'),
		];
		expect(all.map(({ name }) => name)).toEqual(['a@x.com.jpg', 'A@x.com (2).jpg', 'a@x.com.jpg']);
		expect(all.map(({ isExact }) => isExact)).toEqual([true, false, true]);
		expect(names.take(owner('a@x.com'), 'X.COM').name).toBe('a@x.com (2).jpg');
		const plain = new FileNames('plain');
		expect([plain.take(owner('a.b@x')).name, plain.take(owner('a_b@x')).name]).toEqual([
			'a_b_x.jpg',
			'a_b_x_2.jpg',
		]);
	});

	test('never as something else in the root, which a folder may hold', () => {
		const names = new FileNames('email', ['Ada.jpg']);
		expect(names.take(owner(null, 'Ada')).name).toBe('Ada (2).jpg');
		expect(names.take(owner(null, 'Ada'), 'x.com').name).toBe('Ada.jpg');
	});

	test('within 160 bytes, ending and number included', () => {
		const names = new FileNames('email');
		const long = owner(`${'x'.repeat(300)}@example.com`);
		const [one, two] = [names.take(long).name, names.take(long).name];
		expect([one, two]).toEqual([`${'x'.repeat(156)}.jpg`, `${'x'.repeat(152)} (2).jpg`]);
	});

	test.each<FileRule>(['email', 'local-part'])(
		'by %s, as without an e-mail where not even its first grapheme fits',
		(rule) => {
			const email = `${grapheme(158)}@example.com`;
			expect(take(rule, email)).toEqual({ name: 'member-7.jpg', isExact: false });
			expect(take(rule, email, 'Ada').name).toBe('Ada.jpg');
		},
	);

	test('as without an e-mail where its first grapheme fits, and a number behind it does not', () => {
		const names = new FileNames('email');
		const wide = owner(`${grapheme(156)}@example.com`, 'Ada');
		expect([names.take(wide).name, names.take(wide).name]).toEqual([`${grapheme(156)}.jpg`, 'Ada (2).jpg']);
	});
});

test('a folder that is no member’s is safe, never empty, and one of its own', () => {
	const names = new FolderNames(['index.csv']);
	const all = ['x.com', 'a/b', 'a:b', '..', 'INDEX.csv'].map((text) => names.takeOther(text));
	expect(all).toEqual(['x.com', 'a-b', 'a-b (2)', 'folder', 'INDEX.csv (2)']);
});

describe('a member is called', () => {
	test.each([
		[{ name: 'Ada', email: 'a@x.com', title: 'Countess' }, 'Ada'],
		[{ name: null, email: 'a@x.com', title: 'Countess' }, 'a@x.com'],
		[{ name: null, email: null, title: 'Countess' }, 'Countess'],
		[{ name: null, email: null, title: null }, 'member-7'],
	])('%j: %s', (known, words) => expect(displayName({ id: '7', ...known })).toBe(words));

	test('the same in all of their photo shoots', () => {
		expect(memberKey({ id: 's', memberId: 'm', email: 'A@x.com' })).toBe('m');
		expect(memberKey({ id: 's', memberId: null, email: 'A@x.com' })).toBe('a@x.com');
		expect(memberKey({ id: 's', memberId: null, email: null })).toBe('s');
	});
});

test('a profile picture is known by its address, by the photo that it is cut from, or there is none', () => {
	const rendered = { kind: 'rendered', url: 'https://cdn.example/a.png?sig=1', expiresAt: null } as const;
	expect(pictureKey(favorite({ profilePicture: rendered }))).toBe('https://cdn.example/a.png');
	expect(pictureKey(favorite({ profilePicture: { kind: 'own-crop' } }))).toBe('crop of p-1');
	expect(pictureKey(favorite({ profilePicture: { kind: 'none' } }))).toBeNull();
});

describe('who is looked for', () => {
	const people = [
		{ email: 'ada@example.com', name: 'Łukasz Þór' },
		{ email: null, name: 'Đæ Øœ ðı ß' },
		{ email: 'bo@example.com', name: null },
	];
	const found = (search: string) => matching(people, search).map((one) => people.indexOf(one));

	test.each<[string, number[]]>([
		['ada', [0]],
		['  lukasz   THOR ', [0]],
		['dae', [1]],
		['ooe di ss', [1]],
		['example.com', [0, 2]],
		['null', []],
		['a', [0, 1, 2]],
	])('"%s"', (search, who) => expect(found(search)).toEqual(who));

	test('is found anew after each letter', () =>
		expect([found('bo'), found('bo@'), found('bo@x')]).toEqual([[2], [2], []]));
});

test('by address they stand in its order, whatever their case, and who has none by name', () => {
	const shoots = ['c', 'A', 'd', 'b'].map((id) => finishedShoot(id));
	const nameless = finishedShoot('x', { email: null, name: 'BB' });
	const ids = sorted([...shoots, nameless], 'name', () => 0).map(({ id }) => id);
	expect(ids).toEqual(['A', 'b', 'x', 'c', 'd']);
	const same = ['1', '2'].map((id) => finishedShoot(id, { email: 'same@example.com' }));
	expect(sorted(same, 'name', () => 0).map(({ id }) => id)).toEqual(['1', '2']);
});
