import { afterEach, expect, test, vi } from 'vitest';
import { Deliveries } from '$lib/download/kept/deliveries.svelte';
import type { Favorite } from '$lib/members/member';
import { Store } from '$lib/storage/store';
import { shoot } from '../screens/screen-helpers.svelte.ts';

const stores: Store[] = [];
afterEach(() => {
	for (const store of stores.splice(0)) store.dispose();
	vi.restoreAllMocks();
});

function storeOf(name: string): Store {
	const store = new Store({ name });
	stores.push(store);
	return store;
}

const name = () => `deliveries ${Math.random()}`;
const signed = (url: string) => ({ url, expiresAt: null });

function finished(id: string, change: Partial<Favorite> = {}) {
	const { favorite } = shoot(id);
	return shoot(id, { favorite: { ...favorite!, ...change } });
}

const delivered = { shootId: 'a', photoId: 'a', picture: null, email: 'a@example.com', member: 'Ada' };

test('what was handed over is not new, in the next visit either, until the favorite or its picture changes', async () => {
	const database = name();
	const deliveries = new Deliveries(storeOf(database), () => 1000);
	await deliveries.open('o');
	expect([deliveries.since, deliveries.isNew(finished('a'))]).toEqual([null, true]);
	await deliveries.add([delivered], 'team-photos.zip');
	const next = new Deliveries(storeOf(database));
	await next.open('o');
	for (const each of [deliveries, next]) {
		expect([each.since, each.isNew(finished('a'))]).toEqual([1000, false]);
		expect(each.isNew(finished('a', { photoId: 'other' }))).toBe(true);
		const picture = { kind: 'rendered', ...signed('https://cdn.example/pfp.png?signature=1') } as const;
		expect(each.isNew(finished('a', { profilePicture: picture }))).toBe(true);
		expect(each.isNew(finished('b'))).toBe(true);
		expect(each.isNew(shoot('c', { favorite: null }))).toBe(false);
	}
});

test('two organizations never mix', async () => {
	const deliveries = new Deliveries(storeOf(name()));
	await deliveries.open('o');
	await deliveries.add([delivered], 'x.zip');
	await deliveries.open('other');
	expect([deliveries.since, deliveries.isNew(finished('a'))]).toEqual([null, true]);
	await deliveries.open('o');
	expect(deliveries.isNew(finished('a'))).toBe(false);
});

test('where nothing can be kept, this tab still knows, and nothing fails', async () => {
	const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
	const store = storeOf(name());
	const refused = () => Promise.reject(new DOMException('no', 'SecurityError'));
	vi.spyOn(store, 'read').mockImplementation(refused);
	vi.spyOn(store, 'write').mockImplementation(refused);
	const deliveries = new Deliveries(store);
	await deliveries.open('o');
	await deliveries.add([delivered], 'x.zip');
	expect(deliveries.isNew(finished('a'))).toBe(false);
	expect(warn).toHaveBeenCalledTimes(2);
});
