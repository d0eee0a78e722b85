import { afterEach, expect, test, vi } from 'vitest';
import { convertInTime } from '$lib/photos/convert-in-time';
import { ConvertError } from '$lib/photos/draw';
import { PhotoError } from '$lib/photos/errors';
import { listenersOf, never, rejection } from '../backend/client-helpers.ts';

afterEach(() => void vi.useRealTimers());

test('what is made in time is given', async () => {
	expect(await convertInTime(async () => 'made', never)).toBe('made');
});

test('what the browser can’t make is the photo’s failure, in its own words; anything else is not', async () => {
	const cause = new ConvertError('The browser can’t decode the photo.');
	const error = await rejection(convertInTime(() => Promise.reject(cause), never));
	expect(error).toBeInstanceOf(PhotoError);
	expect(error).toMatchObject({ message: cause.message, cause });
	const bug = new TypeError('x is undefined');
	expect(await rejection(convertInTime(() => Promise.reject(bug), never))).toBe(bug);
});

test('what never ends is the photo’s failure after a minute', async () => {
	vi.useFakeTimers();
	const waiting = rejection(convertInTime(() => new Promise(() => {}), never));
	await vi.advanceTimersByTimeAsync(59_999);
	expect(await Promise.race([waiting, 'still waiting'])).toBe('still waiting');
	await vi.advanceTimersByTimeAsync(1);
	const error = await waiting;
	expect(error).toBeInstanceOf(PhotoError);
	expect(error).toMatchObject({ message: 'The browser took too long to convert it.' });
	expect(vi.getTimerCount()).toBe(0);
});

test('an abort ends the wait with its reason', async () => {
	const controller = new AbortController();
	const waiting = rejection(convertInTime(() => new Promise(() => {}), controller.signal));
	const reason = new Error('cancelled');
	controller.abort(reason);
	expect(await waiting).toBe(reason);
	expect(listenersOf(controller.signal)).toBe(0);
});
