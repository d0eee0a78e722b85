import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { Gallery } from '$lib/gallery/gallery.svelte';
import type { Favorite } from '$lib/members/member';
import type { Company, Shoot } from '../../backend/company.ts';
import type { StandInOptions } from '../../backend/stand-in.ts';
import { startBackend, until } from '../backend/client-helpers.ts';

afterEach(() => void vi.restoreAllMocks());

/** The gallery of the first shoot, which has so many photos. */
async function gallery(
	photoCount: number,
	edit?: (shoot: Shoot, company: Company) => void,
	options: StandInOptions = {},
) {
	const running = await startBackend({ members: 1, ...options });
	const { company } = running.standIn;
	const shoot = company.shoots[0]!;
	shoot.photoCount = photoCount;
	edit?.(shoot, company);
	const its = new Gallery(running.backend);
	onTestFinished(() => its.dispose());
	const favorite = favoriteOf(company, shoot);
	const show = async (given = favorite) => {
		its.show({ id: shoot.id, favorite: given });
		await until(() => its.state.kind !== 'loading');
	};
	const all = async () => {
		while (its.more.kind === 'waiting') await its.loadMore();
	};
	return { ...running, its, company, shoot, favorite, show, all, ids: () => its.photos.map(({ id }) => id) };
}

function favoriteOf(company: Company, shoot: Shoot): Favorite | null {
	const photo = company.favoriteOf(shoot.id);
	if (!photo) return null;
	const link = { url: 'https://cdn.example.com/favorite.jpg', expiresAt: null };
	return { photoId: photo.id, headshot: link, thumbnail: link, profilePicture: { kind: 'none' } };
}

/** Chooses the photo at this place in the backend's list. */
const choosing = (place: number) => (shoot: Shoot, company: Company) => company.choose(shoot.id, place);

describe('given a shoot', () => {
	test('without photos, it is empty', async () => {
		const { its, show } = await gallery(0, choosing(0));
		await show();
		expect([its.state, its.photos, its.count, its.more]).toEqual([
			{ kind: 'empty' },
			[],
			0,
			{ kind: 'none' },
		]);
	});

	test('with one photo, that is the favorite', async () => {
		const { its, show, ids, shoot } = await gallery(1, choosing(0));
		await show();
		expect([ids(), its.count, its.more]).toEqual([[shoot.favoriteId], 1, { kind: 'none' }]);
		expect(its.photos[0]).toMatchObject({
			isFavorite: true,
			liked: expect.stringMatching(/^(none|liked|loved)$/),
		});
	});

	test('with 2,000 photos, they come by sixties, each once, the favorite first from the start', async () => {
		const { its, show, all, ids, company, shoot, asked } = await gallery(2000, choosing(1234));
		await show();
		expect([its.photos.length, its.count, its.more]).toEqual([61, 2000, { kind: 'waiting' }]);
		expect(ids()[0]).toBe(shoot.favoriteId);
		await all();
		const listed = company.photosOf(shoot.id).map(({ id }) => id);
		expect(ids()).toEqual([shoot.favoriteId, ...listed.filter((id) => id !== shoot.favoriteId)]);
		expect([its.count, its.photos[0]?.isFavorite, its.photos.filter((one) => one.isFavorite).length]).toEqual(
			[2000, true, 1],
		);
		expect(asked(/\/photos$/).map(({ query }) => Number(query.get('offset')))).toEqual(
			Array.from({ length: 34 }, (_, page) => page * 60),
		);
	});

	test('with deleted photos, those are left out, even when a whole page is gone', async () => {
		const { its, show, ids, company, shoot } = await gallery(70, (one, company) => {
			company.choose(one.id, 65);
			company
				.photosOf(one.id)
				.slice(0, 62)
				.forEach((photo) => (photo.status = 'deleted'));
		});
		await show();
		expect(its.state).toEqual({ kind: 'ready' });
		expect(ids()).toHaveLength(8);
		company.photosOf(shoot.id).forEach((photo) => (photo.status = 'deleted'));
		await its.load();
		expect([its.state, its.photos]).toEqual([{ kind: 'empty' }, []]);
	});

	test('of a backend that gives the same rows again and again, each is shown once, and that is all', async () => {
		const { its, show, all, standIn, asked } = await gallery(3, choosing(1));
		let rows: unknown[] = [];
		standIn.faults.add({
			kind: 'replace-json',
			api: /\/photos$/,
			edit: (answer: { photos: unknown[]; pagination: { hasMore: boolean } }) => {
				if (rows.length === 0) rows = [...answer.photos, {}];
				answer.photos = rows;
				answer.pagination.hasMore = true;
			},
		});
		await show();
		await all();
		expect([its.photos.length, its.count, its.more]).toEqual([3, 3, { kind: 'none' }]);
		expect(asked(/\/photos$/)).toHaveLength(2);
	});

	test('whose favorite is in no list, it is shown no longer than until that is known', async () => {
		const { show, all, ids, favorite } = await gallery(61, choosing(0));
		await show({ ...favorite!, photoId: 'gone' });
		expect(ids()[0]).toBe('gone');
		await all();
		expect(ids()).toHaveLength(61);
		expect(ids()).not.toContain('gone');
	});

	test('with dates that are none, and no small pictures, the photos are there', async () => {
		const { its, show, standIn } = await gallery(3, choosing(1));
		standIn.faults.add({
			kind: 'replace-json',
			api: /\/photos$/,
			edit: (answer: { photos: Record<string, unknown>[]; pagination: unknown }) => {
				answer.pagination = undefined;
				for (const photo of answer.photos) {
					photo.createdAt = 'soon';
					photo.urls = { main: 'https://cdn.example.com/a.jpg' };
				}
			},
		});
		await show();
		expect([its.photos.length, its.count]).toEqual([3, 3]);
		const link = { url: 'https://cdn.example.com/a.jpg', expiresAt: expect.any(Number) };
		expect(its.photos[0]).toMatchObject({ thumbnail: link, main: link, original: link });
	});
});

test('another shoot takes the place of the first one, whose requests end', async () => {
	const { its, company, shoot, standIn, show } = await gallery(5, choosing(0), { members: 2 });
	standIn.faults.add({ kind: 'stall', before: true, api: new RegExp(`${shoot.id}/photos$`) });
	its.show({ id: shoot.id, favorite: null });
	await until(() => standIn.log.length > 0);
	const other = company.shoots[1]!;
	its.show({ id: other.id, favorite: null });
	await until(() => its.state.kind === 'ready');
	expect(its.photos.map(({ id }) => id)).toEqual(company.photosOf(other.id).map(({ id }) => id));
	standIn.faults.clear();
	await show();
	expect(its.photos).toHaveLength(5);
});

test('shown again, nothing is loaded again, and a new choice is marked', async () => {
	const { its, show, ids, company, shoot, favorite, asked } = await gallery(5, choosing(0));
	await show();
	const photoId = company.photosOf(shoot.id)[3]!.id;
	await show({ ...favorite!, photoId });
	expect(ids()[0]).toBe(photoId);
	expect([its.photos.filter((one) => one.isFavorite).length, asked(/\/photos$/).length]).toEqual([1, 1]);
});

describe('given a fault', () => {
	test('a shoot that is gone, or goes while it is read', async () => {
		const { its, company, show, shoot } = await gallery(100, choosing(0));
		await show();
		company.shoots = [];
		await its.loadMore();
		expect(its.state).toEqual({ kind: 'gone' });
		its.show({ id: 'another', favorite: null });
		await until(() => its.state.kind === 'gone');
		company.shoots = [shoot];
		its.show({ id: shoot.id, favorite: null });
		await until(() => its.state.kind === 'ready');
	});

	test('signed out: it says so, and goes on after a new try', async () => {
		const { its, show, standIn } = await gallery(2, choosing(0));
		standIn.signOut();
		await show();
		expect(its.state).toEqual({ kind: 'signed-out' });
		standIn.signIn();
		await its.load();
		expect(its.state).toEqual({ kind: 'ready' });
	});

	test('a page that fails leaves what is there, and can be asked for again', async () => {
		const { its, show, standIn } = await gallery(100, choosing(0));
		await show();
		standIn.faults.add({ kind: 'status', status: 500, api: /\/photos$/ });
		await its.loadMore();
		expect([its.state, its.photos.length, its.more]).toEqual([
			{ kind: 'ready' },
			60,
			{ kind: 'failed', reason: 'Status 500' },
		]);
		standIn.faults.clear();
		await its.loadMore();
		expect([its.photos.length, its.more]).toEqual([100, { kind: 'none' }]);
	});

	test('the first page fails: it says why', async () => {
		const { its, show, standIn } = await gallery(1, choosing(0));
		standIn.faults.add({ kind: 'status', status: 500, api: /\/photos$/ });
		await show();
		expect([its.state, its.more]).toEqual([{ kind: 'failed', reason: 'Status 500' }, { kind: 'none' }]);
	});

	test('disposed, its requests end and nothing follows', async () => {
		const { its, standIn } = await gallery(1, choosing(0));
		standIn.faults.add({ kind: 'stall', before: true, api: /\/photos$/ });
		its.show({ id: standIn.company.shoots[0]!.id, favorite: null });
		await until(() => standIn.log.length > 0);
		its.dispose();
		await until(() => standIn.log.every(({ finishedAt }) => finishedAt !== null));
		expect(its.state).toEqual({ kind: 'loading' });
	});
});

describe('given links that have run out', () => {
	test('they are asked for again, once for a page', async () => {
		const { its, show, all, asked } = await gallery(100, choosing(70));
		await show();
		await all();
		const [before, now] = [its.photos, Date.now()];
		vi.spyOn(Date, 'now').mockReturnValue(now + 25 * 3600_000);
		await Promise.all(its.photos.slice(5, 15).map((photo) => its.renew(photo)));
		expect(asked(/\/photos$/).map(({ query }) => query.get('offset'))).toEqual(['0', '60', '0']);
		const renewed = its.photos.filter((photo, at) => photo.thumbnail.url !== before[at]?.thumbnail.url);
		expect(renewed).toHaveLength(60);
		await its.renew(its.photos[0]!);
		await its.renew(its.photos[0]!);
		expect(asked(/\/photos$/)).toHaveLength(4);
		expect(its.photos.every((photo, at) => photo.thumbnail.url !== before[at]?.thumbnail.url)).toBe(true);
	});

	test('and a shoot that is gone, it says so', async () => {
		const { its, show, company } = await gallery(3, choosing(0));
		await show();
		company.shoots = [];
		vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 25 * 3600_000);
		await its.renew(its.photos[0]!);
		expect(its.state).toEqual({ kind: 'gone' });
	});

	test('a try that fails leaves the pictures, and is tried again a while later', async () => {
		vi.spyOn(console, 'error').mockImplementation(() => {});
		const { its, show, standIn } = await gallery(3, choosing(0));
		await show();
		const { photos } = its;
		standIn.faults.add({ kind: 'status', status: 500, api: /\/photos$/ });
		const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 25 * 3600_000);
		await its.renew(photos[0]!);
		expect(its.photos).toEqual(photos);
		standIn.faults.clear();
		clock.mockReturnValue(Date.now() + 61_000);
		await its.renew(photos[0]!);
		expect(its.photos[0]?.thumbnail.url).not.toBe(photos[0]?.thumbnail.url);
	});

	test('are renewed also when the clock was set back since', async () => {
		const { its, show, asked } = await gallery(1, choosing(0));
		await show();
		vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 3600_000);
		await its.renew(its.photos[0]!);
		expect(asked(/\/photos$/)).toHaveLength(2);
	});
});
