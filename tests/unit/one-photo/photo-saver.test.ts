import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { loadShoots } from '$lib/members/load';
import { PhotoSaver } from '$lib/one-photo/photo-saver.svelte';
import type { Fault, StandInOptions } from '../../backend/stand-in.ts';
import { never, quickLimits, startBackend, until, type ClientOptions } from '../backend/client-helpers.ts';

// Node has no Worker of the web: what runs here is the way of a page whose CSP allows none, with real ports and a real
// network. It has no canvas either: profile pictures are tested in Chromium.

beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => {}));
afterEach(() => void vi.restoreAllMocks());

async function saver(options: StandInOptions = {}, { getToken }: ClientOptions = {}) {
	const { standIn, page, apiBase, backend } = await startBackend({ members: 2, ...options }, { getToken });
	const saved: { blob: Blob; filename: string }[] = [];
	const its = new PhotoSaver({
		settings: { apiBase, origin: page.origin, limits: quickLimits },
		getToken,
		save: (blob, filename) => saved.push({ blob, filename }),
	});
	onTestFinished(() => its.dispose());
	const shoot = (await loadShoots(backend, null, never)).shoots[0]!;
	const photosAsked = () => standIn.log.filter(({ host }) => host === 'photo');
	const photo = async (index: number) => {
		const { items } = await backend.photos(shoot.id, { limit: 200, offset: 0 }, never);
		const { id, urls, expiresAt } = items[index]!;
		return { id, original: { url: urls.original!, expiresAt } };
	};
	return { standIn, apiBase, its, saved, shoot, photosAsked, photo };
}

const stalled: Fault = { kind: 'stall', before: true };
const bytesOf = async (blob: Blob | undefined) => Buffer.from(await blob!.arrayBuffer());

test('a headshot is saved as it is, named after its member', async () => {
	const { its, saved, shoot, standIn } = await saver();
	const filename = `${shoot.email} - ${shoot.title} - headshot.jpg`;
	expect(await its.headshot(shoot)).toEqual({ ok: true, filename });
	expect(saved.map((one) => one.filename)).toEqual([filename]);
	expect(saved[0]?.blob.type).toBe('image/jpeg');
	expect(await bytesOf(saved[0]?.blob)).toEqual(await standIn.bytesOf(shoot.id, 'headshot'));
});

test('any photo of the shoot is saved in its original size', async () => {
	const { its, saved, shoot, photosAsked, photo } = await saver();
	const one = await photo(3);
	expect(await its.photo(shoot, one)).toMatchObject({ ok: true });
	expect(saved[0]?.filename).toBe(`${shoot.email} - ${shoot.title} - original ${one.id}.jpg`);
	expect(photosAsked().at(-1)).toMatchObject({ file: 'original', status: 200 });
});

test('while one is under way a second press does nothing', async () => {
	const { its, shoot, saved, photosAsked } = await saver();
	const first = its.headshot(shoot);
	expect([its.isBusy('headshot', shoot.id), its.isBusy('pfp', shoot.id)]).toEqual([true, false]);
	expect(await its.headshot(shoot)).toEqual({ ok: false, reason: null });
	expect(await first).toMatchObject({ ok: true });
	expect([saved.length, photosAsked().length, its.isBusy('headshot', shoot.id)]).toEqual([1, 1, false]);
});

test('without a favorite, or without a profile picture, it says so and asks nobody', async () => {
	const { its, shoot, standIn } = await saver();
	const requests = standIn.log.length;
	const none = { ok: false, reason: 'The member has chosen no favorite yet.' };
	expect(await its.pfp({ ...shoot, favorite: null })).toEqual(none);
	expect(await its.headshot({ ...shoot, favorite: null })).toEqual(none);
	const favorite = { ...shoot.favorite!, profilePicture: { kind: 'none' as const } };
	expect(await its.pfp({ ...shoot, favorite })).toEqual({
		ok: false,
		reason: 'The member has no profile picture. Generate it in HeadshotPro.',
	});
	expect(standIn.log).toHaveLength(requests);
});

test('an address that no photo has is not fetched', async () => {
	const { its, shoot, saved } = await saver();
	const headshot = { url: 'http://example.com/photo.jpg', expiresAt: null };
	expect(await its.headshot({ ...shoot, favorite: { ...shoot.favorite!, headshot } })).toEqual({
		ok: false,
		reason: 'The address of the photo is not encrypted (https).',
	});
	expect(saved).toEqual([]);
});

test('a fault of the network is tried again; one that stays is told', async () => {
	const { its, shoot, standIn, saved } = await saver();
	standIn.faults.add({ kind: 'status', status: 500, tries: 2 });
	expect(await its.headshot(shoot)).toMatchObject({ ok: true });
	standIn.faults.add({ kind: 'svg' });
	expect(await its.headshot(shoot)).toEqual({
		ok: false,
		reason: 'What the photo host sent is not a photo (JPEG, PNG or WebP).',
	});
	expect(saved).toHaveLength(1);
});

describe('given a link that has expired', () => {
	test('a fresh one of the headshot is asked for', async () => {
		const { its, shoot, standIn } = await saver();
		standIn.faults.add({ kind: 'expired' });
		expect(await its.headshot(shoot)).toMatchObject({ ok: true });
		expect(standIn.log.filter(({ path }) => path.endsWith('/photos/favorite'))).toHaveLength(1);
	});

	test('a fresh one of a photo is looked for, on whatever page it is', async () => {
		const { its, shoot, standIn, photo } = await saver({
			edit: ({ shoots }) => shoots.forEach((one) => (one.photoCount = 450)),
		});
		const { id } = standIn.company.photosOf(shoot.id)[420]!;
		const { original } = await photo(0);
		expect(await its.photo(shoot, { id, original: { ...original, expiresAt: 1 } })).toMatchObject({
			ok: true,
		});
		expect(standIn.log.at(-1)).toMatchObject({ host: 'photo', file: 'original', status: 200 });
		standIn.company.photosOf(shoot.id).splice(420, 1);
		expect(await its.photo(shoot, { id, original: { ...original, expiresAt: 1 } })).toEqual({
			ok: false,
			reason: 'The photo was deleted meanwhile.',
		});
	});

	test('of a list that never ends the same page twice is enough', async () => {
		const { its, shoot, standIn, photo } = await saver();
		const { original } = await photo(0);
		standIn.faults.add({
			kind: 'replace-json',
			api: /models\/[^/]+\/photos$/,
			edit: (page: { photos: unknown[]; pagination: { hasMore: boolean } }) => {
				page.photos.push({});
				page.pagination.hasMore = true;
			},
		});
		expect(await its.photo(shoot, { id: 'gone', original: { ...original, expiresAt: 1 } })).toEqual({
			ok: false,
			reason: 'The photo was deleted meanwhile.',
		});
	});

	test.each<
		[string, (company: Awaited<ReturnType<typeof saver>>['standIn']['company'], id: string) => void, string]
	>([
		[
			'took the choice back',
			(company, id) => company.choose(id, null),
			'The member has no favorite any more.',
		],
		[
			'chose another',
			(company, id) =>
				company.choose(
					id,
					company.photosOf(id).findIndex((photo) => photo.id !== company.shoot(id)?.favoriteId),
				),
			'The member chose another favorite meanwhile. Reload the page to see it.',
		],
		[
			'is gone',
			(company, id) => void (company.shoots = company.shoots.filter((shoot) => shoot.id !== id)),
			'The photo shoot was reset or deleted meanwhile.',
		],
	])('and a member who %s, it says so', async (_, change, reason) => {
		const { its, shoot, standIn } = await saver();
		change(standIn.company, shoot.id);
		const headshot = { ...shoot.favorite!.headshot, expiresAt: 1 };
		const profilePicture = { kind: 'rendered' as const, ...headshot };
		const stale = { ...shoot, favorite: { ...shoot.favorite!, headshot, profilePicture } };
		expect(await its.headshot(stale)).toEqual({ ok: false, reason });
		expect(await its.pfp(stale)).toEqual({ ok: false, reason });
	});

	test('the host’s token is asked for by way of the page, and reaches the backend', async () => {
		const getToken = vi.fn(async () => 't-1');
		const auth = { kind: 'bearer' as const, tokens: ['t-1'] };
		const { its, shoot, standIn } = await saver({ auth }, { getToken });
		getToken.mockClear();
		standIn.faults.add({ kind: 'expired' });
		expect(await its.headshot(shoot)).toMatchObject({ ok: true });
		expect(getToken).toHaveBeenCalledTimes(1);
	});

	test('and an admin who is signed out, it asks to sign in', async () => {
		const { its, shoot, standIn } = await saver();
		standIn.signOut();
		standIn.faults.add({ kind: 'expired' });
		expect(await its.headshot(shoot)).toEqual({
			ok: false,
			reason: 'You are signed out. Sign in to HeadshotPro in another tab, then try again.',
		});
	});
});

describe('given a press of Cancel', () => {
	test('nothing is saved, the network is quiet, and a new press works', async () => {
		const { its, shoot, standIn, saved, photosAsked } = await saver();
		standIn.faults.add(stalled);
		const results = [its.headshot(shoot), its.pfp(shoot)];
		await until(() => photosAsked().length === 2);
		its.cancel();
		expect(its.isBusy('headshot', shoot.id)).toBe(false);
		standIn.faults.clear();
		const next = its.headshot(shoot);
		expect(await Promise.all(results)).toEqual(Array(2).fill({ ok: false, reason: null }));
		expect(its.isBusy('headshot', shoot.id)).toBe(true);
		expect(await next).toMatchObject({ ok: true });
		await until(() => standIn.inFlight() === 0);
		expect(saved).toHaveLength(1);
	});

	test('before the worker has started: it never fetches', async () => {
		const { its, shoot, saved, photosAsked } = await saver();
		const result = its.headshot(shoot);
		its.dispose();
		expect(await result).toEqual({ ok: false, reason: null });
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect([photosAsked(), saved]).toEqual([[], []]);
	});
});
