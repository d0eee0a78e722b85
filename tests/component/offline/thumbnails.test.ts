import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { FinishedShoot } from '$lib/members/member';
import { Snapshots } from '$lib/offline/snapshots.svelte';
import { Thumbnails, type ThumbnailsOptions } from '$lib/offline/thumbnails.svelte';
import { parseConfig } from '$lib/session/config';
import { createSession } from '$lib/session/session.svelte';
import { Store } from '$lib/storage/store';
import { shoot } from '../screens/screen-helpers.svelte.ts';

/** The worker that makes them opens the page's own database: no other name. */
const store = new Store();
afterEach(async () => {
	await store.write(['thumbnails', 'thumbnail-uses'], async (transaction) => {
		await transaction.objectStore('thumbnails').clear();
		await transaction.objectStore('thumbnail-uses').clear();
	});
	vi.restoreAllMocks();
	vi.unstubAllGlobals();
});

/** Any picture of the test's own server, 1280 px wide. */
const picture = new URL('../../pictures/finished-light.webp', import.meta.url).href;

function seenShoot(id: string, url = picture): FinishedShoot {
	const { favorite } = shoot(id);
	return shoot(id, { favorite: { ...favorite!, thumbnail: { url, expiresAt: null } } });
}

function open(organization: string, options: Partial<ThumbnailsOptions> = {}): Thumbnails {
	const thumbnails = new Thumbnails({
		store,
		isOn: () => true,
		isOffline: () => true,
		isBusy: () => false,
		patienceMs: 10,
		...options,
	});
	thumbnails.open(organization);
	onTestFinished(() => thumbnails.dispose());
	return thumbnails;
}

const kept = () =>
	store.read(['thumbnails'], (transaction) => transaction.objectStore('thumbnails').getAllKeys());
const keptOf = (organization: string) => async () =>
	(await kept()).flatMap(([whose, photoId]) => (whose === organization ? [photoId] : []));

/** Real workers, of which one that is asked to make thumbnails may be held up, or die of it. */
function watchWorkers() {
	const fates: ((worker: Worker, go: () => void) => void)[] = [];
	const workers = {
		/** How often one was asked to make some. */
		asked: 0,
		holdNext(): () => void {
			let release = () => {};
			fates.push((_, go) => (release = go));
			return () => release();
		},
		killNext: () => void fates.push((worker) => worker.dispatchEvent(new ErrorEvent('error'))),
	};
	vi.stubGlobal(
		'Worker',
		class extends Worker {
			override postMessage(...message: unknown[]): void {
				const go = () => super.postMessage(...(message as Parameters<Worker['postMessage']>));
				// As comlink calls a function of the worker's.
				if ((message[0] as { path?: string[] }).path?.[0] !== 'keep') return go();
				workers.asked += 1;
				(fates.shift() ?? ((_, goes) => goes()))(this, go);
			}
		},
	);
	return workers;
}

async function keep(organization: string, ...ids: string[]): Promise<void> {
	const thumbnails = open(organization);
	for (const id of ids) thumbnails.seen(seenShoot(id));
	await expect
		.poll(kept, { timeout: 15_000 })
		.toEqual(expect.arrayContaining(ids.map((id) => [organization, id])));
}

test('a picture that was seen is kept small, and shown where the photo host can’t be had', async () => {
	await keep('acme', 'a', 'b');
	const next = open('acme');
	// It is read the first time that somebody asks.
	expect(next.of(seenShoot('a'))).toBeNull();
	await expect.poll(() => next.of(seenShoot('a'))).toMatch(/^blob:/);
	const bytes = await (await fetch(next.of(seenShoot('a'))!)).blob();
	const bitmap = await createImageBitmap(bytes);
	expect([bytes.type, bitmap.width]).toEqual(['image/jpeg', 240]);
});

test('with a network they are not asked for, unless the photo has no link', async () => {
	await keep('acme', 'a');
	const read = vi.spyOn(store, 'read');
	const online = open('acme', { isOffline: () => false });
	expect(online.of(seenShoot('a'))).toBeNull();
	// Whatever is read is read a microtask later.
	await Promise.resolve();
	expect(read).not.toHaveBeenCalled();
	expect(online.of(seenShoot('a', ''))).toBeNull();
	await expect.poll(() => online.of(seenShoot('a', ''))).toMatch(/^blob:/);
});

test('another organization’s are never shown', async () => {
	await keep('acme', 'a');
	const thumbnails = open('other');
	const read = vi.spyOn(store, 'read');
	thumbnails.of(seenShoot('a'));
	await expect.poll(() => read.mock.results.length).toBe(1);
	await read.mock.results[0]!.value;
	expect(thumbnails.of(seenShoot('a'))).toBeNull();
	thumbnails.open('acme');
	thumbnails.of(seenShoot('a'));
	await expect.poll(() => thumbnails.of(seenShoot('a'))).toMatch(/^blob:/);
	thumbnails.open('other');
	expect(thumbnails.of(seenShoot('a'))).toBeNull();
});

test('switched off, none is made; while a download runs, they wait', async () => {
	const started = vi.fn();
	vi.stubGlobal(
		'Worker',
		class extends Worker {
			constructor(...given: ConstructorParameters<typeof Worker>) {
				super(...given);
				started();
			}
		},
	);
	const isOn = vi.fn(() => false);
	open('acme', { isOn }).seen(seenShoot('a'));
	await expect.poll(() => isOn.mock.calls.length).toBe(1);
	let running = true;
	const isBusy = vi.fn(() => running);
	open('acme', { isBusy }).seen(seenShoot('b'));
	await expect.poll(() => isBusy.mock.calls.length).toBeGreaterThan(2);
	expect(started).not.toHaveBeenCalled();
	running = false;
	await expect.poll(kept, { timeout: 15_000 }).toEqual([['acme', 'b']]);
	expect(started).toHaveBeenCalledOnce();
});

describe('what is seen while others are made', () => {
	test('waits for its turn: those are kept, and it is kept after them', async () => {
		const workers = watchWorkers();
		const thumbnails = open('acme');
		const release = workers.holdNext();
		thumbnails.seen(seenShoot('a'));
		await expect.poll(() => workers.asked).toBe(1);
		thumbnails.seen(seenShoot('b'));
		// Of the same patience, and begun later: by the time it is through, a turn of its own would have come.
		await keep('other', 'x');
		expect(workers.asked).toBe(2);
		release();
		await expect.poll(keptOf('acme'), { timeout: 15_000 }).toEqual(['a', 'b']);
		expect(workers.asked).toBe(3);
	});

	test('ends with them for another organization, whose turn comes at once', async () => {
		const workers = watchWorkers();
		const thumbnails = open('acme');
		workers.holdNext();
		thumbnails.seen(seenShoot('a'));
		await expect.poll(() => workers.asked).toBe(1);
		thumbnails.seen(seenShoot('b'));
		thumbnails.open('other');
		thumbnails.seen(seenShoot('c'));
		await expect.poll(kept, { timeout: 15_000 }).toEqual([['other', 'c']]);
		expect(workers.asked).toBe(2);
	});
});

test('those of a worker that has died are kept when they are seen again, and not twice otherwise', async () => {
	const info = vi.spyOn(console, 'info').mockImplementation(() => {});
	const workers = watchWorkers();
	const thumbnails = open('acme');
	workers.killNext();
	thumbnails.seen(seenShoot('a'));
	await expect.poll(() => info.mock.calls.length).toBe(1);
	thumbnails.seen(seenShoot('a'));
	thumbnails.seen(seenShoot('a'));
	await expect.poll(kept, { timeout: 15_000 }).toEqual([['acme', 'a']]);
	expect(workers.asked).toBe(2);
});

describe('switched off in another tab', () => {
	const apiBase = 'https://nobody.invalid/api/v2';
	const tab = () => new Snapshots({ store, source: apiBase });
	afterEach(() => localStorage.clear());

	test('none is made in this one either', async () => {
		const session = createSession({
			config: parseConfig({ apiBase }, location.origin),
			origin: location.origin,
		});
		onTestFinished(() => session.dispose());
		const workers = watchWorkers();
		session.thumbnails.open('acme');
		await tab().set(false);
		session.thumbnails.seen(seenShoot('a'));
		await expect.poll(() => session.snapshots.on, { timeout: 10_000 }).toBe(false);
		expect(workers.asked).toBe(0);
	});

	test('while some are made, these go as well', async () => {
		const workers = watchWorkers();
		const snapshots = tab();
		const isOn = vi.fn(() => snapshots.look());
		const release = workers.holdNext();
		open('acme', { isOn }).seen(seenShoot('a'));
		await expect.poll(() => workers.asked).toBe(1);
		const asked = isOn.mock.calls.length;
		await tab().set(false);
		release();
		await expect.poll(() => isOn.mock.calls.length, { timeout: 15_000 }).toBe(asked + 1);
		await expect.poll(kept).toEqual([]);
	});
});

test('where no worker may run, none is made, and it is not tried again', async () => {
	const tried = vi.fn(function () {
		throw new DOMException('refused', 'SecurityError');
	});
	vi.stubGlobal('Worker', tried);
	const info = vi.spyOn(console, 'info').mockImplementation(() => {});
	const isOn = vi.fn(() => true);
	const thumbnails = open('acme', { isOn });
	thumbnails.seen(seenShoot('a'));
	await expect.poll(() => info.mock.calls.length).toBe(1);
	expect(tried).toHaveBeenCalledOnce();
	const asked = isOn.mock.calls.length;
	thumbnails.seen(seenShoot('b'));
	await expect.poll(() => isOn.mock.calls.length).toBe(asked + 1);
	expect(tried).toHaveBeenCalledOnce();
	expect(await kept()).toEqual([]);
});

test('disposed, it lets go of every picture', async () => {
	await keep('acme', 'a');
	const thumbnails = open('acme');
	thumbnails.of(seenShoot('a'));
	await expect.poll(() => thumbnails.of(seenShoot('a'))).toMatch(/^blob:/);
	const url = thumbnails.of(seenShoot('a'))!;
	thumbnails.dispose();
	await expect(fetch(url)).rejects.toThrow();
});
