import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Connection } from '$lib/net/connection';
import { BusyError, StallError, TransientError } from '$lib/net/errors';
import { Gate } from '$lib/net/gate';
import { PhotoError } from '$lib/photos/errors';
import { fetchPhoto } from '$lib/photos/fetch-photo';
import { PhotoUrlError } from '$lib/photos/photo-url';
import { deferred, listenersOf, never, quickLimits, rejection } from '../backend/client-helpers.ts';

const URL = 'https://cdn.example/x.jpg';
const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 2, 0x55, 0xff, 0xd9);
const reason = new Error('cancelled');

/** The photo host's answers to GET, one after the other, the last one for good; and what is heard of them. */
type Answer = (signal: AbortSignal) => Promise<Response> | Response;
let answers: Answer[];
let head: (signal: AbortSignal) => Promise<Response>;
let waits: (number | null)[];
const ridOut = vi.fn<() => Promise<boolean>>();
const refresh = vi.fn<() => Promise<{ url: string; expiresAt: number | null }>>();

beforeEach(() => {
	answers = [() => new Response(jpeg)];
	head = () => Promise.reject(new TypeError('Failed to fetch'));
	waits = [];
	ridOut.mockReset().mockResolvedValue(false);
	refresh.mockReset().mockResolvedValue({ url: `${URL}?fresh`, expiresAt: null });
	vi.stubGlobal('fetch', async (_: URL, { method, signal }: { method?: string; signal: AbortSignal }) => {
		if (method === 'HEAD') return head(signal);
		return (answers.length > 1 ? answers.shift()! : answers[0]!)(signal);
	});
});
afterEach(() => {
	vi.unstubAllGlobals();
	vi.useRealTimers();
});

function get({ url = URL, expiresAt = null as number | null, limits = {}, signal = never } = {}) {
	const context = {
		gate: new Gate((until) => waits.push(until)),
		connection: { ridOut } as unknown as Connection,
		limits: { ...quickLimits, ...limits },
		origin: 'https://admin.example',
		onbytes: () => {},
	};
	return fetchPhoto({ url, expiresAt, refresh }, context, signal);
}

/** Nothing, until it is given up. */
const silence = (signal: AbortSignal) =>
	new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
const broken = () => {
	throw new TypeError('Failed to fetch');
};
const cut = () =>
	new Response(new ReadableStream({ pull: (controller) => controller.error(new TypeError('terminated')) }));

describe('what may be the network’s fault, and only that, asks whether it is there', () => {
	test.each<[string, () => Response, boolean]>([
		['nothing', broken, true],
		['a body that breaks off', cut, true],
		['502', () => new Response(null, { status: 502 }), true],
		['504', () => new Response(null, { status: 504 }), true],
		['500', () => new Response(null, { status: 500 }), false],
		['505', () => new Response(null, { status: 505 }), false],
		['an empty file', () => new Response(''), false],
		['no photo', () => new Response('<html>'), false],
		['a cut photo', () => new Response(jpeg.subarray(0, -1)), false],
	])('%s', async (_, answer, asks) => {
		answers = [answer, () => new Response(jpeg)];
		await get();
		expect(ridOut).toHaveBeenCalledTimes(asks ? 1 : 0);
	});
});

test.each([429, 503])('a host that says when to come back (%d) is heard', async (status) => {
	const begun = Date.now();
	answers = [() => new Response(null, { status, headers: { 'retry-after': '9' } }), () => new Response(jpeg)];
	await get({ limits: { pauseCapMs: 40 } });
	expect(waits[0]).toBeGreaterThanOrEqual(begun + 40);
});

describe('the reason says what it was caused by', () => {
	test.each<[string, () => Promise<unknown>, new (...args: never[]) => Error]>([
		['no answer', () => ((answers = [broken]), get()), TransientError],
		['a failure', () => ((answers = [() => new Response(null, { status: 500 })]), get()), TransientError],
		['no end of pauses', () => ((answers = [() => new Response(null, { status: 503 })]), get()), BusyError],
		['a stall', () => ((answers = [silence]), get({ limits: { stallMs: 20, tries: 1 } })), StallError],
		['a wrong address', () => get({ url: 'ftp://cdn.example/x.jpg' }), PhotoUrlError],
	])('%s', async (_, getting, kind) => {
		const error = await rejection(getting());
		expect(error).toBeInstanceOf(PhotoError);
		expect((error as PhotoError).cause).toBeInstanceOf(kind);
	});

	test.each([
		['no answer', broken],
		['a body that breaks off', cut],
	])('%s, down to the browser’s own word', async (_, answer) => {
		answers = [answer];
		const error = (await rejection(get())) as Error;
		expect((error.cause as Error).cause).toBeInstanceOf(TypeError);
	});
});

test('what is no fault of the network is thrown as it is', async () => {
	const fault = new RangeError('out of memory');
	answers = [() => Promise.reject(fault)];
	expect(await rejection(get())).toBe(fault);
	answers = [
		() => new Response(new ReadableStream({ pull: (controller) => controller.error(fault) })),
		() => new Response(jpeg),
	];
	expect(await rejection(get())).toBe(fault);
});

test.each([302, 403, 404, 500, 503])(
	'the body of an answer that nobody reads (%d) is let go of',
	async (status) => {
		const cancel = vi.fn();
		answers = [() => new Response(new ReadableStream({ cancel }), { status }), () => new Response(jpeg)];
		await get().catch(() => {});
		expect(cancel).toHaveBeenCalledTimes(1);
	},
);

describe('where redirects led', () => {
	const redirected = (url: string) =>
		Object.defineProperties(new Response(jpeg), { redirected: { value: true }, url: { value: url } });

	test('must be an address that a photo may have', async () => {
		answers = [() => redirected('http://elsewhere.example/x.jpg')];
		expect(await rejection(get())).toMatchObject({
			message: 'The address of the photo is not encrypted (https).',
		});
		answers = [() => redirected('https://elsewhere.example/x.jpg')];
		expect((await get()).format).toBe('jpeg');
	});
});

describe('a link', () => {
	beforeEach(() => void vi.useFakeTimers({ now: 5_000, toFake: ['Date'] }));

	test('that expires just now is exchanged, and one that has a moment left is used', async () => {
		await get({ expiresAt: 5_000 });
		expect(refresh).toHaveBeenCalledTimes(1);
		await get({ expiresAt: 5_001 });
		expect(refresh).toHaveBeenCalledTimes(1);
	});

	test('that has expired and whose fresh ones are refused: three of them are tried, no more', async () => {
		answers = [() => new Response(null, { status: 403 })];
		expect(await rejection(get({ expiresAt: 1 }))).toMatchObject({
			message: 'Its link was refused (status 403). 3 fresh ones were of no use.',
		});
		expect(refresh).toHaveBeenCalledTimes(3);
	});
});

test('a photo that comes slowly, but comes, is no stall', async () => {
	vi.useFakeTimers();
	const parts = [jpeg.subarray(0, 3), jpeg.subarray(3, 6), jpeg.subarray(6)];
	const later = (then: () => void) => void setTimeout(then, 20_000);
	const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
		{
			pull: (controller) =>
				new Promise((resolve) =>
					later(() => {
						const part = parts.shift();
						if (part) controller.enqueue(part.slice());
						else controller.close();
						resolve();
					}),
				),
		},
		{ highWaterMark: 0 },
	);
	answers = [() => new Promise((resolve) => later(() => resolve(new Response(body))))];
	const getting = get({ limits: { stallMs: 30_000, tries: 1 } });
	await vi.advanceTimersByTimeAsync(100_000);
	expect((await getting).bytes).toEqual(jpeg);
});

describe('given a host that may answer, but not to this page', () => {
	test('an abort while it is asked rejects with the reason, and leaves nothing', async () => {
		const controller = new AbortController();
		const asked = deferred();
		answers = [broken];
		head = (signal) => {
			asked.resolve();
			return silence(signal);
		};
		const getting = rejection(get({ signal: controller.signal }));
		await asked.promise;
		controller.abort(reason);
		expect(await getting).toBe(reason);
		expect(listenersOf(controller.signal)).toBe(0);
	});

	test('one that gives no answer in five seconds could not be reached', async () => {
		vi.useFakeTimers();
		onTestFinished(() => void vi.useRealTimers());
		answers = [broken];
		head = silence;
		const getting = rejection(get({ limits: { tries: 1 } }));
		await vi.advanceTimersByTimeAsync(10_000);
		expect(await getting).toMatchObject({ message: 'The photo host could not be reached.' });
	});

	test('is asked only when nothing answers, not when something broke off', async () => {
		const asks = vi.fn(() => Promise.resolve(new Response(null)));
		head = asks;
		answers = [cut];
		expect(await rejection(get())).toMatchObject({
			message: 'The photo host broke off in the middle of the photo.',
		});
		expect(asks).not.toHaveBeenCalled();
	});
});
