import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { toRestore } from '$lib/actioned/changes';
import type { Marker } from '$lib/actioned/marker';
import { changeRecords } from '$lib/actioned/records';
import { deleteBucket, openBucket } from '$lib/storage/bucket';
import { copySteps } from '$lib/storage/schema';
import { Store } from '$lib/storage/store';
import { freshName, onOpening, openStore } from '../storage/storage-helpers';
import { countKey, freshOrganization, handed, marker, openTab, shoots } from './markers-helpers';
import { FullStore, gate, onDisk, slowStore } from './markers-stores';

/** A second place of this name. */
const copyStore = (name: string) => openStore(name, { steps: copySteps });

/** What the second place holds, in the order of the shoots. */
function copied(name: string): Promise<Marker[]> {
	return copyStore(name).read(['markers'], (transaction) => transaction.objectStore('markers').getAll());
}

/** Puts markers on a disk, as another visit would have. */
async function write(store: Store, organization: string, markers: Marker[]): Promise<void> {
	const { shootIds, apply } = toRestore(organization, markers);
	await changeRecords(store, organization, shootIds, apply);
}

/** Another visit, of which `markers` reached both places, `lost` only the second one. */
async function places(markers: Marker[], lost: Marker[] = []) {
	const [name, copy] = [freshName(), freshName()];
	const organization = markers[0]?.organization ?? lost[0]!.organization;
	await write(openStore(name), organization, markers);
	await copyStore(copy).write(['markers'], async (transaction) => {
		for (const one of [...markers, ...lost]) await transaction.objectStore('markers').put(one);
	});
	return { name, copy, organization };
}

describe('what is kept', () => {
	test('is there a second time before it is said to be saved: marks, notes and undos', async () => {
		const [name, copy, acme] = [freshName(), freshName(), freshOrganization()];
		const tab = await openTab(name, acme, { copy: copyStore(copy) });
		for (const action of [
			() => tab.mark(handed('a', 'b')),
			() => tab.setNote('a', 'sent'),
			() => tab.undo(['b']),
		]) {
			expect(await action()).toEqual({ ok: true });
			expect(await copied(copy)).toEqual(await onDisk(name, acme));
		}
	});

	test('stays the newer one where another tab was quicker', async () => {
		const [name, copy, acme] = [freshName(), freshName(), freshOrganization()];
		const here = await openTab(name, acme, { copy: copyStore(copy), now: () => 1_000 });
		await copyStore(copy).write(['markers'], (transaction) =>
			transaction.objectStore('markers').put(marker(acme, 'a', { at: 2_000, note: 'newer' })),
		);
		await here.mark(handed('a'));
		expect(await copied(copy)).toMatchObject([{ note: 'newer' }]);
	});

	test('is saved all the same where the second place fails', async () => {
		const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
		onTestFinished(() => warn.mockRestore());
		const [name, acme] = [freshName(), freshOrganization()];
		const factory = vi.fn(() => Promise.reject(new DOMException('', 'UnknownError')));
		const copy = openStore(freshName(), { factory, steps: copySteps });
		const tab = await openTab(name, acme, { copy });
		expect(await tab.mark(handed('a'))).toEqual({ ok: true });
		const tries = factory.mock.calls.length;
		expect(await tab.mark(handed('b'))).toEqual({ ok: true });
		expect(await onDisk(name, acme)).toHaveLength(2);
		expect([factory.mock.calls.length, warn.mock.calls.length]).toEqual([tries, 1]);
	});
});

describe('a database that comes back emptier', () => {
	test('is filled again before anybody is told', async () => {
		const acme = freshOrganization();
		const [a, b, c] = [marker(acme, 'a'), marker(acme, 'b'), marker(acme, 'c', { state: 'undone' })];
		const { name, copy } = await places([a], [b, c]);
		localStorage.setItem(countKey(acme), '2');
		const tab = await openTab(name, acme, { copy: copyStore(copy) });
		expect([shoots(tab), tab.lost]).toEqual([['a', 'b'], null]);
		expect(await onDisk(name, acme)).toEqual([a, b, c]);
	});

	test('of which the second place has a part, is filled with that, and the rest is reported', async () => {
		const acme = freshOrganization();
		const { name, copy } = await places([], [marker(acme, 'a')]);
		localStorage.setItem(countKey(acme), '2');
		const tab = await openTab(name, acme, { copy: copyStore(copy) });
		expect([shoots(tab), tab.lost]).toEqual([['a'], { expected: 2, found: 1 }]);
	});

	test.each([
		['is no loss where the second place has markers', ['a'], null],
		['is one where it has none', [], { expected: 0, found: 0 }],
	])('by the browser’s own word %s', async (_, lost, reported) => {
		const acme = freshOrganization();
		const { name, copy } = await places([], [marker('another', 'x'), ...lost.map((id) => marker(acme, id))]);
		indexedDB.deleteDatabase(name);
		onOpening((request) =>
			request.addEventListener('upgradeneeded', (event) =>
				Object.defineProperty(event, 'dataLoss', { value: 'total' }),
			),
		);
		const tab = await openTab(name, acme, { copy: copyStore(copy) });
		expect([shoots(tab), tab.lost]).toEqual([lost, reported]);
		await tab.open(acme);
		expect(tab.lost).toEqual(reported);
	});

	test('is left alone where nothing may be changed', async () => {
		const acme = freshOrganization();
		const { name, copy } = await places([], [marker(acme, 'a')]);
		localStorage.setItem(countKey(acme), '1');
		const tab = await openTab(name, acme, { copy: copyStore(copy), readOnly: 'Not here.' });
		await tab.compare();
		expect(await onDisk(name, acme)).toEqual([]);
	});
});

describe('comparing, when nobody waits', () => {
	test('brings the newest state of each shoot to both, here and in the other tabs', async () => {
		const acme = freshOrganization();
		const { name, copy } = await places(
			[
				marker(acme, 'same'),
				marker(acme, 'undone', { at: 1_000 }),
				marker(acme, 'noted', { at: 3_000, note: 'x' }),
			],
			[marker(acme, 'undone', { at: 2_000, state: 'undone' }), marker(acme, 'noted', { at: 2_000 })],
		);
		const here = await openTab(name, acme, { copy: copyStore(copy) });
		const there = await openTab(name, acme);
		expect([shoots(here), shoots(there)]).toEqual(Array(2).fill(['noted', 'same', 'undone']));
		await here.compare();
		expect(shoots(here)).toEqual(['noted', 'same']);
		await expect.poll(() => shoots(there)).toEqual(['noted', 'same']);
		const disk = await onDisk(name, acme);
		expect(disk.map(({ at }) => at)).toEqual([3_000, 1_000, 2_000]);
		expect(await copied(copy)).toEqual(disk);
	});

	test('stays with the second place where the first one has no room for what it lacks', async () => {
		const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
		onTestFinished(() => warn.mockRestore());
		const acme = freshOrganization();
		const { name, copy } = await places([marker(acme, 'a')], [marker(acme, 'b')]);
		const full = new FullStore({ name });
		onTestFinished(() => full.dispose());
		const tab = await openTab(name, acme, { store: full, copy: copyStore(copy) });
		await tab.compare();
		expect([shoots(tab), full.failures]).toEqual([['a'], 0]);
		expect(await tab.mark(handed('c'))).toEqual({ ok: true });
		expect((await copied(copy)).map(({ shootId }) => shootId)).toEqual(['a', 'b', 'c']);
	});

	test('fills a second place that is new or behind, of this organization, however many there are', async () => {
		const acme = freshOrganization();
		const many = Array.from({ length: 600 }, (_, n) => marker(acme, `shoot ${n}`));
		const { name, copy } = await places(many);
		await copyStore(copy).write(['markers'], async (transaction) => {
			for (const one of many.filter((_, n) => n % 2))
				transaction.objectStore('markers').delete([acme, one.shootId]);
			await transaction.objectStore('markers').put(marker(`${acme}, another`, 'x'));
		});
		const tab = await openTab(name, acme, { copy: copyStore(copy) });
		await tab.compare();
		expect(await copied(copy)).toHaveLength(601);
		expect(tab.actioned.size).toBe(600);
		expect(await onDisk(name, `${acme}, another`)).toEqual([]);
	});

	test('ends the report of what came back by it', async () => {
		const acme = freshOrganization();
		const { name, copy } = await places([marker(acme, 'a')]);
		localStorage.setItem(countKey(acme), '2');
		const tab = await openTab(name, acme, { copy: copyStore(copy) });
		expect(tab.lost).toEqual({ expected: 2, found: 1 });
		await copyStore(copy).write(['markers'], (transaction) =>
			transaction.objectStore('markers').put(marker(acme, 'b')),
		);
		await tab.compare();
		expect([shoots(tab), tab.lost]).toEqual([['a', 'b'], null]);
	});

	test('fills nothing any more once somebody has deleted the database', async () => {
		const [name, copy, acme] = [freshName(), freshName(), freshOrganization()];
		await write(openStore(name), acme, [marker(acme, 'a')]);
		const slow = slowStore(copy, copySteps);
		const tab = await openTab(name, acme, { copy: slow });
		const read = gate();
		slow.after = read.wait;
		const comparing = tab.compare();
		await read.reached;
		for (const database of [name, copy])
			await new Promise((resolve) => (indexedDB.deleteDatabase(database).onsuccess = resolve));
		read.open();
		await comparing;
		expect(await copied(copy)).toEqual([]);
	});
});

test('a bucket’s databases are apart from the site’s own, and go with it', async () => {
	const name = `bucket-${Date.now()}`;
	onTestFinished(() => deleteBucket(name));
	const store = openStore(name, { factory: () => openBucket(name), steps: copySteps });
	await store.write(['markers'], (transaction) =>
		transaction.objectStore('markers').put(marker('acme', 'a')),
	);
	expect((await indexedDB.databases()).map((database) => database.name)).not.toContain(name);
	expect(await (await openBucket(name)).databases()).toMatchObject([{ name }]);
	// Whoever holds a connection doesn't hold it up, and finds a new one.
	await deleteBucket(name);
	expect(await store.read(['markers'], (transaction) => transaction.objectStore('markers').getAll())).toEqual(
		[],
	);
});
