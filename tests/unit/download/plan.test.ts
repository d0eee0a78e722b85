import { describe, expect, test } from 'vitest';
import { pathsOf, planDownload, planOnly } from '$lib/download/job/plan';
import { plainOptions } from '$lib/download/options/options';
import type { Favorite, FinishedShoot, ProfilePicture } from '$lib/members/member';

const FOLDER = 'ada@example.com - Countess';
const HEADSHOT = { name: 'headshot.jpg', path: `${FOLDER}/headshot.jpg`, make: 'jpeg' };

const signed = (name: string) => ({ url: `https://cdn.example/${name}`, expiresAt: 5000 });

function chosen(profilePicture: ProfilePicture = { kind: 'rendered', ...signed('pfp') }): Favorite {
	return { photoId: 'photo-1', headshot: signed('main'), thumbnail: signed('thumb'), profilePicture };
}

function shoot(changed: Partial<FinishedShoot> = {}): FinishedShoot {
	return {
		id: 'model-1',
		memberId: 'member-1',
		email: 'ada@example.com',
		name: 'Ada Lovelace',
		title: 'Countess',
		team: null,
		finishedAt: null,
		favorite: chosen(),
		isTest: false,
		...changed,
	};
}

test('each favorite is a folder of its own, and each photo one task', () => {
	expect(planDownload([shoot()])).toEqual({
		favorites: [
			{
				shootId: 'model-1',
				photoId: 'photo-1',
				picture: 'https://cdn.example/pfp',
				memberKey: 'member-1',
				member: 'Ada Lovelace',
				email: 'ada@example.com',
				about: { name: 'Ada Lovelace', title: 'Countess', team: null, finishedAt: null },
				folder: FOLDER,
				isLatest: true,
				tasks: [
					{ ...signed('main'), photo: 'headshot', files: [HEADSHOT] },
					{
						...signed('pfp'),
						photo: 'profile-picture',
						files: [{ name: 'pfp.jpg', path: `${FOLDER}/pfp.jpg`, make: 'jpeg' }],
					},
				],
			},
		],
		notes: [],
	});
});

test('nobody: nothing to do and nothing to say', () => {
	expect(planDownload([])).toEqual({ favorites: [], notes: [] });
});

describe('the profile picture', () => {
	test('a crop of our own comes out of the headshot, which is fetched once', () => {
		const { favorites, notes } = planDownload([shoot({ favorite: chosen({ kind: 'own-crop' }) })]);
		expect(favorites[0]?.tasks).toEqual([
			{
				...signed('main'),
				photo: 'headshot',
				files: [HEADSHOT, { name: 'pfp.jpg', path: `${FOLDER}/pfp.jpg`, make: 'crop' }],
			},
		]);
		expect(notes).toEqual([]);
	});

	test('a member who has none gets the headshot alone, and a note says so', () => {
		const { favorites, notes } = planDownload([shoot({ favorite: chosen({ kind: 'none' }) })]);
		expect(favorites[0]?.tasks.map((task) => task.files.map((file) => file.name))).toEqual([
			['headshot.jpg'],
		]);
		expect(notes).toEqual(['Ada Lovelace has no profile picture, so the folder holds the headshot only.']);
	});
});

describe('of a plan only some files', () => {
	const whole = planDownload([shoot(), shoot({ id: 'model-2' })]).favorites;
	const { shootId, photoId, picture } = whole[1]!;
	const pfp = { shootId, photoId, picture, file: 'pfp.jpg' as const };
	const paths = (...wanted: Parameters<typeof planOnly>[1]) => planOnly(whole, wanted).flatMap(pathsOf);
	const folder = `${FOLDER} (2)`;

	test('they keep their folders, and nothing else is fetched', () => {
		expect(paths(pfp)).toEqual([`${folder}/pfp.jpg`]);
		expect(planOnly(whole, [pfp])[0]?.tasks).toHaveLength(1);
		expect(paths(pfp, { ...pfp, file: 'headshot.jpg' })).toHaveLength(2);
		expect(paths()).toEqual([]);
	});

	test.each([
		['photo', { photoId: 'photo-2' }],
		['profile picture', { picture: 'https://cdn.example/of-yesterday' }],
	])('of a favorite with another %s by now, all files come', (_, before) => {
		expect(paths({ ...pfp, ...before })).toEqual([`${folder}/headshot.jpg`, `${folder}/pfp.jpg`]);
	});

	test('a file that is no longer asked for leaves no favorite without files', () => {
		const headshots = planDownload([shoot()], { ...plainOptions, files: 'headshots' }).favorites;
		expect(planOnly(headshots, [{ ...pfp, shootId: 'model-1' }])).toEqual([]);
	});
});

describe('members without a favorite', () => {
	test.each([
		[1, '1 finished member has chosen no favorite yet.'],
		[3, '3 finished members have chosen no favorite yet.'],
	])('%d of them: no folder, and one note in front of the others', (count, note) => {
		const none = Array.from({ length: count }, (_, n) => shoot({ memberId: `none-${n}`, favorite: null }));
		const bare = shoot({ favorite: chosen({ kind: 'none' }) });
		const { favorites, notes } = planDownload([bare, ...none]);
		expect([favorites.length, notes[0], notes.length]).toEqual([1, note, 2]);
	});
});

test('who has chosen in one of two shoots has chosen', () => {
	const shoots = [shoot({ id: '1', favorite: null }), shoot({ id: '2' }), shoot({ id: '3', favorite: null })];
	const { favorites, notes } = planDownload(shoots);
	expect([favorites.map(({ shootId }) => shootId), notes]).toEqual([['2'], []]);
});

describe('folders', () => {
	const folders = (...shoots: Partial<FinishedShoot>[]) =>
		planDownload(shoots.map((each, n) => shoot({ id: `model-${n}`, ...each }))).favorites.map(
			({ folder }) => folder,
		);

	test('two favorites of one member are two folders, and nothing is overwritten', () => {
		expect(folders({}, {})).toEqual(['ada@example.com - Countess', 'ada@example.com - Countess (2)']);
	});

	test('two members whose names differ in case only are two folders as well', () => {
		expect(folders({ email: 'a@x', title: null }, { email: 'A@X', title: null })).toEqual(['a@x', 'A@X (2)']);
	});

	test.each<[string, Partial<FinishedShoot>, string]>([
		['no title', { title: null }, 'ada@example.com'],
		['no e-mail', { email: null }, 'Countess'],
		['no e-mail and no title', { email: null, title: null }, 'Ada Lovelace'],
		['nothing at all', { email: null, title: null, name: null }, 'member-model-0'],
	])('%s: %o → %s', (_, lacking, folder) => {
		expect(folders(lacking)).toEqual([folder]);
		const { notes } = planDownload([shoot({ ...lacking, favorite: chosen({ kind: 'own-crop' }) })]);
		const note = expect.stringMatching(
			new RegExp(`has no e-mail address: the folder is “${folder.slice(0, 9)}`),
		);
		expect(notes).toEqual('email' in lacking ? [note] : []);
	});
});

describe('who is meant in a failure or a note', () => {
	test.each<[Partial<FinishedShoot>, string]>([
		[{}, 'Ada Lovelace'],
		[{ name: null }, 'ada@example.com'],
		[{ name: null, email: null }, 'Countess'],
		[{ name: null, email: null, title: null }, 'member-model-1'],
	])('%o → %s', (lacking, member) => {
		const { favorites, notes } = planDownload([shoot({ ...lacking, favorite: chosen({ kind: 'none' }) })]);
		expect(favorites[0]?.member).toBe(member);
		expect(notes[0]).toContain(member);
	});
});

describe('whose favorites belong together', () => {
	const keys = (...shoots: Partial<FinishedShoot>[]) =>
		new Set(planDownload(shoots.map(shoot)).favorites.map(({ memberKey }) => memberKey)).size;

	test('those of one member, whatever e-mail the shoot has', () => {
		expect(keys({ id: '1' }, { id: '2', email: 'old@example.com' })).toBe(1);
	});

	test('those of one e-mail, when the member has left', () => {
		expect(keys({ id: '1', memberId: null }, { id: '2', memberId: null, email: 'ADA@example.com' })).toBe(1);
	});

	test('shoots of nobody are of nobody in common', () => {
		expect(keys({ id: '1', memberId: null, email: null }, { id: '2', memberId: null, email: null })).toBe(2);
	});
});

test('a thousand equal names make a thousand folders', () => {
	const { favorites } = planDownload(Array.from({ length: 1000 }, (_, n) => shoot({ id: `${n}` })));
	expect(new Set(favorites.map(({ folder }) => folder.toLowerCase())).size).toBe(1000);
});
