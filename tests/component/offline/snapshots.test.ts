import { afterEach, describe, expect, test, vi } from 'vitest';
import { Snapshots } from '$lib/offline/snapshots.svelte';
import { data, shoot } from '../screens/screen-helpers.svelte.ts';
import { freshName, openStore, refuseToOpen } from '../storage/storage-helpers';

afterEach(() => {
	localStorage.removeItem('headshot-admin:keep-members');
	vi.restoreAllMocks();
});

const source = 'https://app.example.com/api/v2';
const DAY = 24 * 3600_000;

/** The members that one visit, or one tab, keeps. */
function visit(name: string, options: Partial<ConstructorParameters<typeof Snapshots>[0]> = {}) {
	const store = openStore(name);
	return { store, snapshots: new Snapshots({ store, source, ...options }) };
}

const acme = data({ organization: { uid: 'acme', name: 'Acme' } });
const other = data({ organization: { uid: 'other', name: 'Other' }, shoots: [] });

/** A visit that has shown these members. */
async function shown(name: string, ...all: (typeof acme)[]) {
	const first = visit(name);
	for (const one of all) {
		await first.snapshots.named(one.organization.uid);
		await first.snapshots.keep(one);
	}
	return first;
}

test('whom the backend gave last the next visit finds, by its organization', async () => {
	const name = freshName();
	await shown(name, acme, other);
	const { snapshots } = visit(name);
	expect(await snapshots.findLast()).toBe('other');
	expect((await snapshots.find('other'))?.data.organization.name).toBe('Other');
	const found = await snapshots.find('acme');
	expect(found?.data.shoots.map(({ id }) => id)).toEqual(['a', 'b']);
	expect(await snapshots.find('nobody')).toBeNull();
});

test('another backend’s members are never found', async () => {
	const name = freshName();
	await shown(name, acme);
	const { snapshots } = visit(name, { source: 'https://elsewhere.example.com/api/v2' });
	expect(await snapshots.findLast()).toBeNull();
	expect(await snapshots.find('acme')).toBeNull();
});

test('a refusal is remembered: the next visit shows nobody before the backend has said whose they are', async () => {
	const name = freshName();
	const { snapshots } = await shown(name, acme);
	await snapshots.refused();
	expect(snapshots.last).toBeNull();
	const next = visit(name).snapshots;
	expect(await next.findLast()).toBeNull();
	await next.named('acme');
	expect(next.last).toBe('acme');
	expect(await visit(name).snapshots.findLast()).toBe('acme');
});

test('what is read ahead is given once; what the backend says meanwhile counts', async () => {
	const name = freshName();
	await shown(name, acme);
	const { snapshots } = visit(name);
	await snapshots.prepare();
	await snapshots.named('other');
	expect(await snapshots.find('other')).toBeNull();
	expect((await snapshots.find('acme'))?.data.organization.uid).toBe('acme');
});

test.each([
	['an older version', { version: 0 }],
	['a newer version', { version: 99 }],
	['damaged', { roster: { shoots: 'none' } }],
])('what is %s is as if it were not there, and is replaced', async (_, spoiling) => {
	const name = freshName();
	const { store } = await shown(name, acme);
	await store.write(['snapshots'], async (transaction) => {
		const snapshots = transaction.objectStore('snapshots');
		const record = await snapshots.get([source, 'acme']);
		await snapshots.put({ ...record!, ...spoiling });
	});
	const { snapshots } = visit(name);
	expect(await snapshots.find('acme')).toBeNull();
	await snapshots.keep(acme);
	expect((await snapshots.find('acme'))?.data.shoots).toHaveLength(2);
});

test('of two that are kept at once, the later one stays', async () => {
	const name = freshName();
	const { snapshots } = await shown(name);
	const many = Array.from({ length: 2_000 }, (_, n) => shoot(`s${n}`));
	await Promise.all([snapshots.keep({ ...acme, shoots: many }), snapshots.keep(acme)]);
	expect((await visit(name).snapshots.find('acme'))?.data.shoots.map(({ id }) => id)).toEqual(['a', 'b']);
});

test('switched off while it is being kept, or with its page gone, nothing is', async () => {
	const name = freshName();
	const { store, snapshots } = await shown(name);
	const switched = snapshots.keep(acme);
	await Promise.all([snapshots.set(false), switched]);
	await snapshots.set(true);
	const left = visit(name).snapshots;
	const keeping = left.keep(acme);
	left.dispose();
	await keeping;
	expect(await store.read(['snapshots'], (all) => all.objectStore('snapshots').count())).toBe(0);
});

test('after 30 days it goes, with the thumbnails of that organization and of no other', async () => {
	const name = freshName();
	const { store } = await shown(name, acme);
	await visit(name, { now: () => Date.now() + 20 * DAY }).snapshots.keep(other);
	await store.write(['thumbnails', 'thumbnail-uses'], async (transaction) => {
		for (const organization of ['acme', 'other']) {
			const key = { organization, photoId: 'p' };
			await transaction.objectStore('thumbnails').put({ ...key, bytes: new Uint8Array(3) });
			await transaction.objectStore('thumbnail-uses').put({ ...key, size: 3, seenAt: Date.now() });
		}
	});
	const later = visit(name, { now: () => Date.now() + 31 * DAY }).snapshots;
	expect(await later.find('acme')).toBeNull();
	expect((await later.find('other'))?.data.organization.uid).toBe('other');
	const left = await store.read(['thumbnails', 'thumbnail-uses', 'snapshots'], (transaction) =>
		Promise.all([
			transaction.objectStore('thumbnails').getAllKeys(),
			transaction.objectStore('thumbnail-uses').getAllKeys(),
			transaction.objectStore('snapshots').getAllKeys(),
		]),
	);
	expect(left).toEqual([[['other', 'p']], [['other', 'p']], [[source, 'other']]]);
});

describe('switched off', () => {
	test('everybody’s go, nothing is kept any more, in other tabs and visits neither', async () => {
		const name = freshName();
		const { snapshots } = await shown(name, acme, other);
		const tab = visit(name).snapshots;
		expect(await snapshots.size()).toMatchObject({ savedAt: expect.any(Number), thumbnails: 0 });
		await snapshots.set(false);
		expect([tab.look(), tab.on]).toEqual([false, false]);
		for (const each of [snapshots, tab, visit(name).snapshots]) {
			await each.keep(acme);
			await each.named('acme');
			expect(await each.find('acme')).toBeNull();
			expect(each.on).toBe(false);
			expect(await each.size()).toEqual({ savedAt: null, thumbnails: 0, bytes: 0 });
		}
		expect(await visit(name).snapshots.findLast()).toBeNull();
	});

	test('and on again, they are kept again', async () => {
		const name = freshName();
		const { snapshots } = await shown(name, acme);
		await snapshots.set(false);
		await snapshots.set(true);
		await snapshots.keep(acme);
		expect((await visit(name).snapshots.find('acme'))?.data.organization.uid).toBe('acme');
	});
});

test('where storage is refused, nothing is kept, nothing fails, and switching off says so', async () => {
	const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
	refuseToOpen('SecurityError');
	const { snapshots } = visit(freshName());
	await snapshots.prepare();
	await snapshots.named('acme');
	await snapshots.keep(acme);
	expect(await snapshots.find('acme')).toBeNull();
	expect(warn).toHaveBeenCalled();
	await expect(snapshots.set(false)).rejects.toThrow(/does not let the page keep anything/);
});
