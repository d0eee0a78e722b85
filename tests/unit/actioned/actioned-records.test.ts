import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Marker } from '$lib/actioned/marker';
import { changeRecords, loadAll, loadSome } from '$lib/actioned/records';
import { Store } from '$lib/storage/store';
import { marker } from './marker-helpers.ts';

let store: Store;

beforeEach(() => {
	store = new Store({ name: `records-${crypto.randomUUID()}` });
	onTestFinished(() => store.dispose());
});

/** Keeps these, whatever is there. */
function keep(...markers: Marker[]): Promise<Marker[]> {
	const byId = new Map(markers.map((one) => [one.shootId, one]));
	return changeRecords(store, markers[0]!.organization, [...byId.keys()], (shootId) => byId.get(shootId));
}

const many = Array.from({ length: 150 }, (_, n) => marker(`shoot-${String(n).padStart(3, '0')}`));

describe('what is kept', () => {
	test('is one organization’s, with the undone ones', async () => {
		const undone = marker('b', { state: 'undone' });
		await keep(marker('a'), undone);
		await keep(marker('a', { organization: 'zeta' }));
		expect(await loadAll(store, 'acme')).toEqual([marker('a'), undone]);
	});

	test.each([3, 99, 100, 150])('of %d shoots is found, and nobody else’s', async (count) => {
		await keep(...many);
		await keep(marker('shoot-000', { organization: 'zeta', note: 'not ours' }));
		const wanted = many.slice(0, count).map(({ shootId }) => shootId);
		const found = await loadSome(store, 'acme', wanted);
		expect(wanted.map((shootId) => found.get(shootId))).toEqual(many.slice(0, count));
	});

	test('of a shoot that has no marker is nothing', async () => {
		await keep(marker('a'));
		expect([...(await loadSome(store, 'acme', ['a', 'b']))]).toEqual([['a', marker('a')]]);
		expect(await loadSome(store, 'zeta', ['a'])).toEqual(new Map());
	});
});

describe('a change', () => {
	test('is told what is there, and answers with what is there now', async () => {
		await keep(marker('a'), marker('b'));
		const seen = new Map<string, Marker | undefined>();
		const now = await changeRecords(store, 'acme', ['a', 'b', 'c', 'd'], (shootId, existing) => {
			seen.set(shootId, existing);
			if (shootId === 'd') return undefined;
			return shootId === 'b' ? existing : marker(shootId, { note: 'new' });
		});
		const [a, c] = [marker('a', { note: 'new' }), marker('c', { note: 'new' })];
		expect(seen).toEqual(
			new Map([
				['a', marker('a')],
				['b', marker('b')],
				['c', undefined],
				['d', undefined],
			]),
		);
		expect(now).toEqual([a, marker('b'), c]);
		expect(await loadAll(store, 'acme')).toEqual([a, marker('b'), c]);
	});

	test('that fails amid it has changed nothing', async () => {
		await keep(marker('a'));
		const broken = new Error('broken');
		const change = changeRecords(store, 'acme', ['a', 'b'], (shootId) => {
			if (shootId === 'b') throw broken;
			return marker('a', { note: 'lost' });
		});
		await expect(change).rejects.toBe(broken);
		expect(await loadAll(store, 'acme')).toEqual([marker('a')]);
	});
});
