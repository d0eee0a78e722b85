import { describe, expect, test } from 'vitest';
import { loadRoster, loadShoots } from '$lib/members/load';
import type { FinishedShoot } from '$lib/members/member';
import type { StandIn } from '../../backend/stand-in.ts';
import { listenersOf, never, rejection, settled, startBackend, until } from '../backend/client-helpers.ts';

const reason = new Error('cancelled');

/** What the stand-in's own records say: favorites by shoot. */
function chosenIn({ company }: StandIn, teamId: string | null = null): Map<string, string> {
	const finished = company.shoots.filter(
		(shoot) => shoot.status === 'active' && !shoot.isDevelopment && (!teamId || shoot.teamId === teamId),
	);
	return new Map(finished.flatMap(({ id, favoriteId }) => (favoriteId ? [[id, favoriteId]] : [])));
}

function favoritesOf(shoots: FinishedShoot[]): Map<string, string> {
	return new Map(shoots.flatMap(({ id, favorite }) => (favorite ? [[id, favorite.photoId]] : [])));
}

describe('given a company with every case there is', () => {
	test('all finished shoots come, with the favorites that the members chose', async () => {
		const { standIn, backend, asked } = await startBackend({ members: 60, plain: false });
		const { shoots, skipped } = await loadShoots(backend, null, never);
		const real = shoots.filter(({ isTest }) => !isTest);
		expect(favoritesOf(real)).toEqual(chosenIn(standIn));
		expect([favoritesOf(real).size, real.length, shoots.length, skipped]).toEqual([47, 51, 52, []]);
		expect(asked()).toHaveLength(3);
	});

	test('the roster has the organization’s name and teams as well', async () => {
		const { standIn, backend, asked } = await startBackend({ members: 60, plain: false });
		const roster = await loadRoster(backend, never);
		expect(roster.organization).toEqual({ uid: standIn.company.organization.uid, name: 'Northlight Labs' });
		expect(roster.teams).toEqual(standIn.company.organization.teams);
		expect(favoritesOf(roster.shoots.filter(({ isTest }) => !isTest))).toEqual(chosenIn(standIn));
		expect(roster.shoots.filter(({ isTest }) => isTest)).toHaveLength(1);
		expect([roster.joined.length, roster.invited.length, roster.deleted.length]).toEqual([11, 6, 1]);
		expect(asked()).toHaveLength(5);
	});

	test('each profile picture is what the backend says: rendered, or none', async () => {
		const { standIn, backend } = await startBackend({ members: 60, plain: false });
		const { shoots } = await loadShoots(backend, null, never);
		for (const { id, favorite } of shoots) {
			if (!favorite) continue;
			const rendered = standIn.company.shoot(id)?.profilePicture;
			expect(favorite.profilePicture.kind).toBe(rendered ? 'rendered' : 'none');
		}
	});

	test('a backend that renders none leaves the crop to us', async () => {
		const { backend } = await startBackend({ without: ['profilePicture-field'] });
		const { shoots } = await loadShoots(backend, null, never);
		expect(shoots.map(({ favorite }) => favorite?.profilePicture.kind)).toEqual(shoots.map(() => 'own-crop'));
	});
});

describe('given a team', () => {
	test('only its shoots come', async () => {
		const { standIn, backend } = await startBackend({ members: 20 });
		const team = standIn.company.organization.teams[1]!;
		const { shoots } = await loadShoots(backend, team.id, never);
		expect(favoritesOf(shoots)).toEqual(chosenIn(standIn, team.id));
		expect(shoots.length).toBeGreaterThan(1);
	});

	test.each([
		['with a list of favorites', []],
		['without one', ['favorites' as const]],
	])('who is in it by the list of members alone comes as well, %s', async (_, without) => {
		const { standIn, backend } = await startBackend({ members: 20, without });
		const team = standIn.company.organization.teams[1]!;
		const [nameless] = standIn.company.shoots.filter((shoot) => shoot.teamId === team.id);
		Object.assign(nameless!, { teamId: null, teamName: null });
		const page = (await loadRoster(backend, never)).shoots.filter((shoot) => shoot.team?.id === team.id);
		const { shoots } = await loadShoots(backend, team.id, never);
		expect(shoots.map(({ id }) => id)).toContain(nameless!.id);
		expect(favoritesOf(shoots)).toEqual(favoritesOf(page));
	});

	test('a team that does not exist has nobody', async () => {
		const { backend } = await startBackend();
		expect((await loadShoots(backend, 'no-such-team', never)).shoots).toEqual([]);
	});
});

describe('given a backend without a list of favorites', () => {
	test('each finished shoot is asked for its own, four at a time; test shoots and others are left alone', async () => {
		const { standIn, backend, asked } = await startBackend({
			members: 60,
			plain: false,
			without: ['favorites'],
			latencyMs: 5,
		});
		const { shoots, skipped } = await loadShoots(backend, null, never);
		expect(favoritesOf(shoots)).toEqual(chosenIn(standIn));
		expect(skipped).toEqual([]);
		const own = asked(/photos\/favorite$/);
		expect(own.length).toBe(51);
		const underWay = own.map(
			({ at }) => own.filter((other) => other.at <= at && (other.finishedAt ?? 0) > at).length,
		);
		expect(Math.max(...underWay)).toBeLessThanOrEqual(4);
	});

	test('in a team, only that team’s shoots are asked', async () => {
		const { standIn, backend, asked } = await startBackend({ members: 20, without: ['favorites'] });
		const team = standIn.company.organization.teams[1]!;
		const { shoots } = await loadShoots(backend, team.id, never);
		expect(favoritesOf(shoots)).toEqual(chosenIn(standIn, team.id));
		expect(asked(/photos\/favorite$/)).toHaveLength(shoots.length);
	});

	test('e-mail, title and team come from the shoot, and the profile picture is cropped here', async () => {
		const { standIn, backend } = await startBackend({ without: ['favorites'] });
		const { shoots } = await loadShoots(backend, null, never);
		for (const shoot of shoots) {
			const { email, title, teamId } = standIn.company.shoot(shoot.id)!;
			expect(shoot).toMatchObject({
				email,
				title,
				team: { id: teamId },
				favorite: { profilePicture: { kind: 'own-crop' } },
			});
		}
	});

	test('a shoot that vanished meanwhile has none, and the others come', async () => {
		const { standIn, backend } = await startBackend({ without: ['favorites'] });
		const [gone, ...others] = standIn.company.shoots;
		standIn.faults.add({ kind: 'status', status: 404, api: /photos\/favorite$/, shootId: gone?.id ?? '' });
		const { shoots } = await loadShoots(backend, null, never);
		expect([...favoritesOf(shoots).keys()].sort()).toEqual(others.map(({ id }) => id).sort());
	});

	test('one that cannot be read is left out with a sentence, and the others come', async () => {
		const { standIn, backend } = await startBackend({ without: ['favorites'] });
		const [broken, ...others] = standIn.company.shoots;
		standIn.faults.add({
			kind: 'raw',
			body: '{"success":true,"photo":7}',
			api: /photos\/favorite$/,
			shootId: broken?.id ?? '',
		});
		const { shoots, skipped } = await loadShoots(backend, null, never);
		expect([...favoritesOf(shoots).keys()].sort()).toEqual(others.map(({ id }) => id).sort());
		expect(skipped).toEqual([
			`The favorite of ${broken?.email} could not be read: The backend's answer about the favorite could not be read.`,
		]);
	});

	test.each(['..', '.', '\ud800'])(
		'a shoot whose id (%j) no call can carry is left out, and told',
		async (id) => {
			const { standIn, backend, asked } = await startBackend({ without: ['favorites'] });
			standIn.faults.add({
				kind: 'replace-json',
				api: /models$/,
				edit: (answer: { models: { id: string }[] }) => void (answer.models[0]!.id = id),
			});
			const { shoots, skipped } = await loadShoots(backend, null, never);
			expect(shoots).toHaveLength(2);
			expect(skipped).toEqual([
				'One of the models could not be read: id: the id has characters that belong in none.',
			]);
			expect(asked(/photos\/favorite$/)).toHaveLength(2);
		},
	);

	test('signed out half-way, the whole is signed out, and nothing more is asked', async () => {
		const { standIn, backend, asked } = await startBackend({ members: 20, without: ['favorites'] });
		standIn.faults.add({ kind: 'status', status: 401, api: /photos\/favorite$/ });
		expect(await rejection(loadShoots(backend, null, never))).toMatchObject({ code: 'unauthorized' });
		expect(asked(/photos\/favorite$/).length).toBeLessThanOrEqual(4);
	});
});

describe('given lists that are out of step', () => {
	test('a favorite whose shoot is not listed yet is kept, and one of a shoot that was reset is not', async () => {
		const { standIn, backend } = await startBackend({ members: 4 });
		const [unlisted, reset] = standIn.company.shoots;
		standIn.faults.add({
			kind: 'replace-json',
			api: /models$/,
			edit: (answer: { models: { id: string; status: string }[] }) => {
				answer.models = answer.models.filter((model) => model.id !== unlisted?.id);
				for (const model of answer.models) if (model.id === reset?.id) model.status = 'onboarding';
			},
		});
		const { shoots } = await loadShoots(backend, null, never);
		const expected = standIn.company.shoots.map(({ id }) => id).filter((id) => id !== reset?.id);
		expect(shoots.map(({ id }) => id).sort()).toEqual(expected.sort());
		expect(shoots.find(({ id }) => id === unlisted?.id)).toMatchObject({
			email: unlisted?.email,
			favorite: { photoId: unlisted?.favoriteId },
		});
	});

	test('of two favorites of one shoot the last counts, and the other is told', async () => {
		const { standIn, backend } = await startBackend({ members: 2 });
		standIn.faults.add({
			kind: 'replace-json',
			api: /favorites$/,
			edit: ({ photos }: { photos: { id: string }[] }) =>
				void photos.push({ ...photos[0]!, id: 'chosen-later' }),
		});
		const { shoots, skipped } = await loadShoots(backend, null, never);
		const twice = shoots.find(({ favorite }) => favorite?.photoId === 'chosen-later');
		expect(favoritesOf(shoots).size).toBe(2);
		expect(skipped).toEqual([`A second favorite of ${twice?.email} was left out.`]);
	});

	test('items that cannot be read are told, from every list', async () => {
		const { standIn, backend } = await startBackend();
		for (const [api, key] of [
			[/organization$/, 'organization'],
			[/team$/, 'members'],
			[/models$/, 'models'],
			[/favorites$/, 'photos'],
		] as const) {
			standIn.faults.add({
				kind: 'replace-json',
				api,
				edit: (answer: Record<string, unknown[]> & { organization?: { teams: unknown[] } }) => {
					(key === 'organization' ? answer.organization?.teams : answer[key])?.unshift({ id: null });
				},
			});
		}
		const { shoots, skipped } = await loadRoster(backend, never);
		expect(shoots).toHaveLength(3);
		expect(skipped.map((sentence) => sentence.split(' could')[0])).toEqual([
			'One of the teams',
			'One of the members',
			'One of the models',
			'One of the photos',
		]);
	});
});

describe('when one list fails', () => {
	test('its error is thrown, and the others are given up', async () => {
		const { standIn, backend } = await startBackend();
		standIn.faults.add({ kind: 'stall', before: true, api: /team$|organization$/ });
		standIn.faults.add({ kind: 'status', status: 403, api: /models$/ });
		expect(await rejection(loadRoster(backend, never))).toMatchObject({ code: 'forbidden' });
		await until(() => standIn.log.every(({ finishedAt }) => finishedAt !== null));
		// Others may have been under way just then, too.
		const givenUp = standIn.log.filter(({ aborted }) => aborted).map(({ path }) => path.split('/').at(-1));
		expect(givenUp).toEqual(expect.arrayContaining(['organization', 'team']));
	});

	test('a favorites list that fails otherwise than by 404 is an error, not a reason to ask one by one', async () => {
		const { standIn, backend, asked } = await startBackend();
		standIn.faults.add({ kind: 'status', status: 403, api: /favorites$/ });
		expect(await rejection(loadShoots(backend, null, never))).toMatchObject({ code: 'forbidden' });
		expect(asked(/photos\/favorite$/)).toEqual([]);
	});
});

test.each([
	['all lists are under way', []],
	['shoots are asked one by one', ['favorites' as const]],
])('an abort while %s rejects with the reason and leaves nothing open', async (_, without) => {
	const { standIn, backend } = await startBackend({ without });
	standIn.faults.add({ kind: 'stall', before: true, api: without.length ? /favorite$/ : /./ });
	const controller = new AbortController();
	const loading = rejection(loadRoster(backend, controller.signal));
	await until(() => standIn.log.length >= (without.length ? 6 : 4));
	await settled();
	controller.abort(reason);
	expect(await loading).toBe(reason);
	expect(listenersOf(controller.signal)).toBe(0);
	await until(() => standIn.log.every(({ finishedAt }) => finishedAt !== null));
});
