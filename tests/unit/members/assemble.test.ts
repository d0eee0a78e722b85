import { describe, expect, test } from 'vitest';
import type { WireFavorite, WireModel, WireTeamMember } from '$lib/backend/contract';
import { assembleShoots, type WireLists } from '$lib/members/assemble';

const team = { teamId: 't-1', teamName: 'Sales' };
const noTeam = { teamId: null, teamName: null };

function member(changed: Partial<WireTeamMember> = {}): WireTeamMember {
	return {
		id: 'member-1',
		email: 'ada@example.com',
		name: 'Ada Lovelace',
		status: 'finished',
		modelId: 'model-1',
		joinedAt: null,
		...team,
		...changed,
	};
}

function model(changed: Partial<WireModel> = {}): WireModel {
	return {
		id: 'model-1',
		email: 'ada@example.com',
		title: 'Countess',
		status: 'active',
		isDevelopment: false,
		createdAt: null,
		finishedAt: 1000,
		...team,
		...changed,
	};
}

function favorite(changed: Partial<WireFavorite> = {}): WireFavorite {
	return {
		id: 'photo-1',
		modelId: 'model-1',
		urls: { main: 'https://cdn.example/main', thumbnail: 'https://cdn.example/thumbnail' },
		expiresAt: 5000,
		email: null,
		title: null,
		...noTeam,
		isDevelopment: false,
		profilePicture: undefined,
		...changed,
	};
}

function shoots(lists: Partial<WireLists>) {
	return assembleShoots({ members: [], models: [], favorites: [], ...lists });
}

/** The only shoot there is. */
function shoot(lists: Partial<WireLists>) {
	const all = shoots(lists);
	expect(all).toHaveLength(1);
	return all[0]!;
}

test('member, shoot and favorite become one, with all that is known', () => {
	expect(shoot({ members: [member()], models: [model()], favorites: [favorite()] })).toEqual({
		id: 'model-1',
		memberId: 'member-1',
		email: 'ada@example.com',
		name: 'Ada Lovelace',
		title: 'Countess',
		team: { id: 't-1', name: 'Sales' },
		finishedAt: 1000,
		favorite: {
			photoId: 'photo-1',
			headshot: { url: 'https://cdn.example/main', expiresAt: 5000 },
			thumbnail: { url: 'https://cdn.example/thumbnail', expiresAt: 5000 },
			profilePicture: { kind: 'own-crop' },
		},
		isTest: false,
	});
});

describe('which shoots are finished', () => {
	test.each([
		'onboarding',
		'waiting',
		'pending',
		'generatingHeadshots',
		'failed',
		'deleted',
		null,
		'new-one',
	])('one that is %s is not', (status) =>
		expect(shoots({ members: [member()], models: [model({ status })] })).toEqual([]),
	);

	test('a test shoot says that it is one', () => {
		const models = [model({ isDevelopment: true }), model({ id: 'model-2' })];
		expect(shoots({ models, favorites: [favorite()] }).map(({ id, isTest }) => [id, isTest])).toEqual([
			['model-1', true],
			['model-2', false],
		]);
	});

	test.each(['onboarding', 'deleted'])(
		'one that was reset or deleted (%s) is none, although the list of favorites still names it',
		(status) => expect(shoots({ models: [model({ status })], favorites: [favorite()] })).toEqual([]),
	);

	test.each([null, 'new-one'])(
		'one whose status tells nothing (%s) is, with a favorite: who has chosen is never left out without a word',
		(status) => {
			const [shoot] = shoots({ models: [model({ status })], favorites: [favorite()] });
			expect(shoot).toMatchObject({ id: 'model-1', favorite: { photoId: 'photo-1' } });
		},
	);

	test('one without a favorite is finished all the same', () => {
		expect(shoot({ members: [member()], models: [model()] }).favorite).toBeNull();
	});

	test('a member without a shoot has none', () => {
		expect(shoots({ members: [member({ modelId: null })] })).toEqual([]);
	});

	test('two shoots of one member are two, each with its own favorite', () => {
		const both = shoots({
			members: [member({ modelId: 'model-2' })],
			models: [model({ finishedAt: 1000 }), model({ id: 'model-2', finishedAt: 2000 })],
			favorites: [favorite({ id: 'photo-1' }), favorite({ id: 'photo-2', modelId: 'model-2' })],
		});
		expect(both.map(({ id, memberId, favorite }) => [id, memberId, favorite?.photoId])).toEqual([
			['model-2', 'member-1', 'photo-2'],
			['model-1', 'member-1', 'photo-1'],
		]);
	});

	test('the newest come first, those without a date last, in the order of the list', () => {
		const models = [5, null, 9, null, 7].map((finishedAt, n) => model({ id: `m${n}`, finishedAt }));
		expect(shoots({ models }).map(({ id }) => id)).toEqual(['m2', 'm4', 'm0', 'm1', 'm3']);
	});
});

describe('given a favorite that no list of shoots names', () => {
	test('it is one, with what its own item and the member tell', () => {
		const context = { email: 'bob@example.com', title: 'CTO', teamId: 't-2', teamName: 'IT' };
		const bob = member({ id: 'member-2', email: 'bob@example.com', name: 'Bob', modelId: null, ...noTeam });
		const found = shoot({ members: [bob], favorites: [favorite({ modelId: 'gone', ...context })] });
		expect(found).toMatchObject({
			id: 'gone',
			memberId: 'member-2',
			email: 'bob@example.com',
			name: 'Bob',
			title: 'CTO',
			team: { id: 't-2', name: 'IT' },
			finishedAt: null,
			favorite: { photoId: 'photo-1' },
		});
	});

	test('the member is found by the shoot as well', () => {
		const found = shoot({ members: [member()], favorites: [favorite()] });
		expect(found).toMatchObject({ memberId: 'member-1', email: 'ada@example.com', team: { id: 't-1' } });
	});

	test('nobody known: the shoot’s id is all there is', () => {
		const found = shoot({ favorites: [favorite({ modelId: 'gone' })] });
		expect(found).toMatchObject({ id: 'gone', memberId: null, email: null, name: null, team: null });
	});

	test('named twice, it is still one shoot', () => {
		expect(shoots({ favorites: [favorite({ id: 'a' }), favorite({ id: 'b' })] })).toHaveLength(1);
	});
});

describe('how a member is found', () => {
	test('by the shoot’s id, before the e-mail', () => {
		const others = [member({ id: 'by-email', modelId: null }), member({ id: 'by-model', email: 'x@y' })];
		expect(shoot({ members: others, models: [model()] })).toMatchObject({
			memberId: 'by-model',
			email: 'ada@example.com',
		});
	});

	test('by the e-mail, in whatever case it is written', () => {
		const found = shoot({
			members: [member({ modelId: null, email: 'Ada@Example.com' })],
			models: [model({ email: 'ADA@example.COM' })],
		});
		expect(found).toMatchObject({ memberId: 'member-1', email: 'ADA@example.COM' });
	});

	test('by the e-mail that only the favorite tells', () => {
		const found = shoot({
			members: [member({ modelId: null })],
			models: [model({ email: null })],
			favorites: [favorite({ email: 'ada@example.com' })],
		});
		expect(found).toMatchObject({ memberId: 'member-1', email: 'ada@example.com' });
	});

	test('never by an e-mail that both lack', () => {
		const found = shoot({
			members: [member({ modelId: null, email: null })],
			models: [model({ email: null })],
		});
		expect(found).toMatchObject({ memberId: null, name: null, email: null });
	});

	test('one who has left the team leaves the shoot as it is', () => {
		expect(shoot({ models: [model()] })).toMatchObject({
			memberId: null,
			name: null,
			email: 'ada@example.com',
			title: 'Countess',
			team: { id: 't-1', name: 'Sales' },
		});
	});
});

describe('what one list lacks, another tells', () => {
	const three = (of: 'model' | 'favorite' | 'member') => ({
		members: [member({ email: of === 'member' ? 'm@x' : null, ...(of === 'member' ? team : noTeam) })],
		models: [
			model({
				email: of === 'model' ? 'm@x' : null,
				title: of === 'model' ? 'CEO' : null,
				...(of === 'model' ? team : noTeam),
			}),
		],
		favorites: [
			favorite({
				email: of === 'favorite' ? 'm@x' : null,
				title: of === 'favorite' ? 'CEO' : null,
				...(of === 'favorite' ? team : noTeam),
			}),
		],
	});

	test.each(['model', 'favorite', 'member'] as const)('e-mail and team of the %s', (of) => {
		expect(shoot(three(of))).toMatchObject({ email: 'm@x', team: { id: 't-1', name: 'Sales' } });
	});

	test.each(['model', 'favorite'] as const)('title of the %s', (of) => {
		expect(shoot(three(of)).title).toBe('CEO');
	});

	test('the model’s word goes first', () => {
		const found = shoot({
			members: [member({ email: 'member@x', teamId: 't-9' })],
			models: [model()],
			favorites: [favorite({ email: 'favorite@x', title: 'Favorite', teamId: 't-8' })],
		});
		expect(found).toMatchObject({ email: 'ada@example.com', title: 'Countess', team: { id: 't-1' } });
	});

	test('a team without a name has one to show', () => {
		expect(shoot({ models: [model({ teamName: null })] }).team).toEqual({
			id: 't-1',
			name: 'Unnamed team',
		});
	});

	test('nothing anywhere is null', () => {
		const found = shoot({ models: [model({ email: null, title: null, ...noTeam })] });
		expect(found).toMatchObject({ email: null, title: null, name: null, team: null });
	});
});

describe('the profile picture', () => {
	const picture = { url: 'https://cdn.example/pfp', expiresAt: 7000 };

	test.each([
		['rendered by the backend', picture, { kind: 'rendered', ...picture }],
		['none, where the backend renders them and this member has none', null, { kind: 'none' }],
		['cropped here, where the backend renders none at all', undefined, { kind: 'own-crop' }],
	])('is %s', (_, profilePicture, expected) => {
		const { favorite: chosen } = shoot({ models: [model()], favorites: [favorite({ profilePicture })] });
		expect(chosen?.profilePicture).toEqual(expected);
	});
});

test.each([undefined, ''])('without a thumbnail (%j) the headshot itself is shown in lists', (thumbnail) => {
	const urls = thumbnail === undefined ? { main: 'https://m' } : { main: 'https://m', thumbnail };
	const { favorite: chosen } = shoot({ models: [model()], favorites: [favorite({ urls })] });
	expect(chosen?.thumbnail).toEqual({ url: 'https://m', expiresAt: 5000 });
});
