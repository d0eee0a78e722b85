import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Gate } from '$lib/net/gate';
import type { NetLimits } from '$lib/net/limits';
import { PhotoError } from '$lib/photos/errors';
import { fetchPhoto, type PhotoSource } from '$lib/photos/fetch-photo';
import type { Fault } from '../../backend/stand-in.ts';
import {
	likeABrowser,
	listenersOf,
	never,
	quickLimits,
	rejection,
	startBackend,
	until,
} from '../backend/client-helpers.ts';

const reason = new Error('cancelled');

/** One member's photo, and a way to fetch it. */
async function onePhoto(limits: Partial<NetLimits> = {}) {
	const running = await startBackend({ members: 1, headshotBytes: 200_000 });
	const { standIn, backend, page } = running;
	const shoot = standIn.company.shoots[0]!;
	const bytes = { now: 0, most: 0, least: 0 };
	const context = {
		gate: new Gate(),
		connection: backend.connection,
		limits: { ...quickLimits, ...limits },
		origin: page.origin,
		onbytes(length: number) {
			bytes.now += length;
			bytes.most = Math.max(bytes.most, bytes.now);
			bytes.least = Math.min(bytes.least, bytes.now);
		},
	};
	const fresh = async (file: 'headshot' | 'pfp' = 'headshot') => {
		if (file === 'pfp') return (await backend.profilePictureOf(shoot.id, never))!;
		const { urls, expiresAt } = (await backend.favoriteOf(shoot.id, never))!;
		return { url: urls.main, expiresAt };
	};
	const refresh = vi.fn(() => fresh());
	const get = async (changed: Partial<PhotoSource> = {}, signal = never) =>
		fetchPhoto({ ...(await fresh()), refresh, ...changed }, context, signal);
	const asked = () => standIn.log.filter(({ host, method }) => host === 'photo' && method === 'GET');
	return { ...running, shoot, bytes, refresh, fresh, get, photosAsked: asked };
}

test('a photo comes whole, with its format by its bytes, and without any credentials on the way', async () => {
	const { standIn, shoot, get, fresh, photosAsked, bytes } = await onePhoto();
	likeABrowser('headshots_session=somebody');
	const photo = await get();
	expect(photo.format).toBe('jpeg');
	expect(Buffer.from(photo.bytes).equals(await standIn.bytesOf(shoot.id, 'headshot'))).toBe(true);
	expect(bytes.now).toBe(photo.bytes.length);
	const picture = await get(await fresh('pfp'));
	expect(picture.format).toBe(shoot.profilePicture?.format);
	for (const { headers } of photosAsked()) {
		expect([headers.authorization, headers.cookie, headers.referer]).toEqual([
			undefined,
			undefined,
			undefined,
		]);
	}
});

describe('given a fault that does not pass, the reason is a sentence', () => {
	test.each<[string, Fault, string, number]>([
		['404', { kind: 'status', status: 404 }, 'The photo host has no such photo (status 404).', 1],
		['410', { kind: 'status', status: 410 }, 'The photo host has no such photo (status 410).', 1],
		['400', { kind: 'status', status: 400 }, 'The photo host has no such photo (status 400).', 1],
		['500', { kind: 'status', status: 500 }, 'The photo host failed (status 500).', 4],
		['502', { kind: 'status', status: 502 }, 'The photo host failed (status 502).', 4],
		[
			'503 and Retry-After',
			{ kind: 'status', status: 503, retryAfter: 0 },
			'The photo host kept asking to come back later (status 503).',
			13,
		],
		[
			'a cut body with a length',
			{ kind: 'cut-length' },
			'The photo host broke off in the middle of the photo.',
			4,
		],
		[
			'a cut chunked body',
			{ kind: 'cut-chunked' },
			'The photo host broke off in the middle of the photo.',
			4,
		],
		['a body that ends too early, politely', { kind: 'cut-close' }, 'The photo arrived cut short.', 4],
		['an empty body', { kind: 'empty' }, 'The photo host sent an empty file.', 4],
		['204', { kind: 'no-content' }, 'The photo host sent an empty file.', 4],
		[
			'a sign-in page that says it is a picture',
			{ kind: 'html', contentType: 'image/jpeg' },
			'What the photo host sent is not a photo (JPEG, PNG or WebP).',
			4,
		],
		['a drawing', { kind: 'svg' }, 'What the photo host sent is not a photo (JPEG, PNG or WebP).', 4],
		['a reset', { kind: 'reset' }, 'The photo host could not be reached.', 4],
	])('%s', async (_, fault, sentence, requests) => {
		const { standIn, get, photosAsked, bytes } = await onePhoto();
		standIn.faults.add(fault);
		const error = await rejection(get());
		expect(error).toBeInstanceOf(PhotoError);
		expect((error as PhotoError).message).toBe(sentence);
		expect(photosAsked()).toHaveLength(requests);
		// What was thrown away doesn't count as fetched.
		expect([bytes.now, bytes.least]).toEqual([0, 0]);
	});

	test('a host that answers, but not to this page', async () => {
		const { get } = await onePhoto();
		const real = globalThis.fetch;
		const answers = vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
			if (!String(input).startsWith('https://cdn.example')) return real(input, init);
			if (init?.mode === 'no-cors') return new Response(null);
			throw new TypeError('Failed to fetch');
		});
		onTestFinished(() => void answers.mockRestore());
		const source = { url: 'https://cdn.example/x.jpg', expiresAt: null };
		expect((await rejection(get(source))) as Error).toMatchObject({
			name: 'PhotoError',
			message: 'Blocked by the photo host (CORS).',
			cause: expect.any(Error),
		});
		const sent = answers.mock.calls.filter(([input]) => String(input) === source.url);
		expect(sent.map(([, init]) => [init?.mode, init?.credentials, init?.referrerPolicy])).toEqual([
			...Array.from({ length: 4 }, () => ['cors', 'omit', 'no-referrer']),
			['no-cors', 'omit', 'no-referrer'],
		]);
		expect(sent.map(([, init]) => init?.cache)).toEqual(['default', 'reload', 'reload', 'reload', undefined]);
		expect(sent.at(-1)?.[1]?.method).toBe('HEAD');
	});

	test('a photo beyond all sizes is given up', async () => {
		const { get } = await onePhoto();
		const real = globalThis.fetch;
		const endless = vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
			if (!String(input).startsWith('https://cdn.example')) return real(input, init);
			return new Response(new Uint8Array(200 * 1024 * 1024 + 1));
		});
		onTestFinished(() => void endless.mockRestore());
		const error = await rejection(get({ url: 'https://cdn.example/x.jpg', expiresAt: null }));
		expect(error).toMatchObject({ name: 'PhotoError', message: 'The photo is larger than 200 MB.' });
	});

	test('a stall', async () => {
		const { standIn, get, photosAsked } = await onePhoto({ stallMs: 100, tries: 2 });
		standIn.faults.add({ kind: 'stall' });
		expect((await rejection(get())) as Error).toMatchObject({
			name: 'PhotoError',
			message: 'The photo host gave no answer for 0.1 s.',
		});
		expect(photosAsked()).toHaveLength(2);
	});

	test.each(['javascript:alert(1)', 'http://cdn.example/x.jpg', '', 'https://u:p@cdn.example/x.jpg'])(
		'the address "%s" is never asked',
		async (url) => {
			const { get, photosAsked } = await onePhoto();
			expect(await rejection(get({ url }))).toBeInstanceOf(PhotoError);
			expect(photosAsked()).toEqual([]);
		},
	);

	test('a redirect to an unencrypted host is not taken for the photo', async () => {
		const { standIn, get, bytes } = await onePhoto();
		// Reaches this machine all the same, but is no name of it that a photo may have.
		const to = (await onePhoto()).standIn.photoOrigin.replace('127.0.0.1', '0.0.0.0');
		standIn.faults.add({ kind: 'redirect', to });
		expect(await rejection(get())).toBeInstanceOf(PhotoError);
		expect(bytes.most).toBe(0);
	});
});

describe('given a fault that passes', () => {
	test.each<Fault>([
		{ kind: 'status', status: 500 },
		{ kind: 'cut-length' },
		{ kind: 'cut-chunked' },
		{ kind: 'cut-close' },
		{ kind: 'empty' },
		{ kind: 'html' },
		{ kind: 'reset' },
		{ kind: 'status', status: 429, retryAfter: 0 },
	])('three times %o: the fourth try succeeds, and only its bytes count', async (fault) => {
		const { standIn, get, photosAsked, bytes } = await onePhoto();
		standIn.faults.add({ ...fault, tries: 3 });
		const photo = await get();
		expect([photosAsked().length, bytes.now]).toEqual([4, photo.bytes.length]);
	});

	test('compressed on the way, nothing is wrong', async () => {
		const { standIn, get, photosAsked } = await onePhoto();
		standIn.faults.add({ kind: 'gzip' });
		await get();
		expect(photosAsked()).toHaveLength(1);
	});

	test('a redirect on the same host is followed', async () => {
		const { standIn, get } = await onePhoto();
		standIn.faults.add({ kind: 'redirect', tries: 1 });
		expect((await get()).format).toBe('jpeg');
	});
});

describe('given a link that has expired', () => {
	test('by its date: a fresh one is asked for before the first request', async () => {
		const { get, refresh, photosAsked } = await onePhoto();
		await get({ url: 'https://cdn.example/old.jpg', expiresAt: Date.now() - 1 });
		expect([refresh.mock.calls.length, photosAsked().length]).toEqual([1, 1]);
	});

	test('by a clock of ours that is far ahead: the fresh one, which looks expired as well, is tried', async () => {
		const { get, fresh, refresh, photosAsked } = await onePhoto();
		refresh.mockImplementation(async () => ({ ...(await fresh()), expiresAt: 1 }));
		await get({ expiresAt: 1 });
		expect([refresh.mock.calls.length, photosAsked().length]).toEqual([1, 1]);
	});

	test('by the host’s word (403): the fresh one is used', async () => {
		const { standIn, get, refresh, photosAsked } = await onePhoto();
		standIn.faults.add({ kind: 'expired' });
		await get();
		expect(refresh).toHaveBeenCalledTimes(1);
		expect(photosAsked().map(({ status }) => status)).toEqual([403, 200]);
	});

	test.each([401, 403])('again and again (%d): at most three fresh ones are tried', async (status) => {
		const { standIn, get, refresh, photosAsked } = await onePhoto();
		standIn.faults.add({ kind: 'status', status });
		const error = await rejection(get());
		expect(error).toBeInstanceOf(PhotoError);
		expect((error as Error).message).toBe(
			`Its link was refused (status ${status}). 3 fresh ones were of no use.`,
		);
		expect([refresh.mock.calls.length, photosAsked().length]).toEqual([3, 4]);
	});

	test('what asking for a fresh one throws ends the photo', async () => {
		const { standIn, get } = await onePhoto();
		standIn.faults.add({ kind: 'expired' });
		const broken = new Error('signed out');
		expect(await rejection(get({ refresh: () => Promise.reject(broken) }))).toBe(broken);
	});
});

test.each<Fault>([
	{ kind: 'stall', before: true },
	{ kind: 'stall' },
	{ kind: 'slow', bytesPerSecond: 20_000 },
])(
	'an abort while the photo host answers (%o) rejects with the reason and leaves nothing open',
	async (fault) => {
		const { standIn, get, photosAsked, bytes } = await onePhoto();
		standIn.faults.add(fault);
		const controller = new AbortController();
		const getting = rejection(get({}, controller.signal));
		await until(() => photosAsked().length > 0 && ('before' in fault || bytes.now > 0));
		controller.abort(reason);
		expect(await getting).toBe(reason);
		expect([bytes.now, listenersOf(controller.signal)]).toEqual([0, 0]);
		await until(() => standIn.inFlight() === 0);
		expect(photosAsked()).toHaveLength(1);
	},
);
