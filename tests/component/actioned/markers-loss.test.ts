import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { countKey, freshOrganization, handed, marker, openTab, shoots } from './markers-helpers';
import { FullStore, gate, onDisk, slowStore } from './markers-stores';
import { freshName, onOpening } from '../storage/storage-helpers';

describe('a database that comes back emptier', () => {
	test('is reported with both numbers, at every visit until it is forgiven', async () => {
		const acme = freshOrganization();
		const before = await openTab(freshName(), acme);
		await before.mark(handed('a', 'b', 'c'));
		await before.undo(['c']);
		expect(localStorage.getItem(countKey(acme))).toBe('2');
		before.dispose();

		const name = freshName();
		expect((await openTab(name, acme)).lost).toEqual({ expected: 2, found: 0 });
		const tab = await openTab(name, acme);
		expect(tab.lost).toEqual({ expected: 2, found: 0 });
		await tab.mark(handed('d'));
		expect(tab.lost).not.toBeNull();
		tab.forgive();
		expect(tab.lost).toBeNull();
		expect((await openTab(name, acme)).lost).toBeNull();
	});

	test('is none when a browser that died brings back the count of before an undo', async () => {
		const [name, acme] = [freshName(), freshOrganization()];
		const before = await openTab(name, acme);
		await before.mark(handed('a', 'b', 'c'));
		await before.undo(['c']);
		before.dispose();
		// localStorage is written down some time after the database.
		localStorage.setItem(countKey(acme), '3');
		expect((await openTab(name, acme)).lost).toBeNull();
		expect(localStorage.getItem(countKey(acme))).toBe('2');
	});

	test('is made good by restoring a backup', async () => {
		const acme = freshOrganization();
		localStorage.setItem(countKey(acme), '2');
		const tab = await openTab(freshName(), acme);
		await tab.restore([marker(acme, 'a')]);
		expect(tab.lost).toEqual({ expected: 2, found: 0 });
		await tab.restore([marker(acme, 'b')]);
		expect(tab.lost).toBeNull();
		expect(localStorage.getItem(countKey(acme))).toBe('2');
	});

	test('is no loss after an undo', async () => {
		const name = freshName();
		const acme = freshOrganization();
		const tab = await openTab(name, acme);
		await tab.mark(handed('a', 'b'));
		await tab.undo(['a', 'b']);
		expect((await openTab(name, acme)).lost).toBeNull();
	});

	test('is no loss while an undo is on the disk and its tab has not heard of it yet', async () => {
		const name = freshName();
		const acme = freshOrganization();
		const store = slowStore(name);
		const tab = await openTab(name, acme, { store });
		await tab.mark(handed('a', 'b'));
		const written = gate();
		store.after = written.wait;
		const saved = tab.undo(['a']);
		await written.reached;
		expect((await openTab(name, acme)).lost).toBeNull();
		written.open();
		expect(await saved).toEqual({ ok: true });
	});

	test('is no loss when another tab marks just after this one has read', async () => {
		const name = freshName();
		const acme = freshOrganization();
		const here = await openTab(name, acme);
		const store = slowStore(name);
		const read = gate();
		store.after = read.wait;
		const opening = openTab(name, acme, { store });
		await read.reached;
		await here.mark(handed('a'));
		read.open();
		expect((await opening).lost).toBeNull();
	});

	test('is reported when the browser says so, even if nobody counted', async () => {
		onOpening((request) =>
			request.addEventListener('upgradeneeded', (event) =>
				Object.defineProperty(event, 'dataLoss', { value: 'total' }),
			),
		);
		const acme = freshOrganization();
		const tab = await openTab(freshName(), acme);
		expect(tab.lost).toEqual({ expected: 0, found: 0 });
		tab.forgive();
		await tab.open(acme);
		expect(tab.lost).toBeNull();
	});

	test('goes unnoticed, and nothing fails, where localStorage is refused', async () => {
		const refuse = () => {
			throw new DOMException('', 'SecurityError');
		};
		const spies = [
			vi.spyOn(Storage.prototype, 'getItem').mockImplementation(refuse),
			vi.spyOn(Storage.prototype, 'setItem').mockImplementation(refuse),
		];
		const tab = await openTab(freshName(), freshOrganization());
		expect(await tab.mark(handed('a'))).toEqual({ ok: true });
		expect([tab.state.kind, tab.lost]).toEqual(['ready', null]);
		for (const spy of spies) spy.mockRestore();
	});
});

describe('a database that is deleted while the page is open', () => {
	async function deleted(...ids: string[]) {
		const [name, acme] = [freshName(), freshOrganization()];
		const tab = await openTab(name, acme);
		await tab.mark(handed(...ids));
		await new Promise((resolve) => (indexedDB.deleteDatabase(name).onsuccess = resolve));
		return { name, acme, tab };
	}

	test('is reported at once, and not made again', async () => {
		const { name, tab } = await deleted('a', 'b');
		expect([shoots(tab), tab.lost]).toEqual([[], { expected: 2, found: 0 }]);
		expect((await indexedDB.databases()).map((database) => database.name)).not.toContain(name);
	});

	test('stays reported through further marks and at the next visit, until it is forgiven', async () => {
		const { name, acme, tab } = await deleted('a', 'b');
		await tab.mark(handed('c'));
		expect([shoots(tab), tab.lost?.expected, localStorage.getItem(countKey(acme))]).toEqual([['c'], 2, '2']);
		expect((await openTab(name, acme)).lost).toEqual({ expected: 2, found: 1 });
		tab.forgive();
		expect((await openTab(name, acme)).lost).toBeNull();
	});

	test('is made good by a backup', async () => {
		const { acme, tab } = await deleted('a', 'b');
		await tab.restore([marker(acme, 'a'), marker(acme, 'b')]);
		expect([shoots(tab), tab.lost]).toEqual([['a', 'b'], null]);
	});

	test('with local storage, too: it stays reported while the page is open', async () => {
		const { acme, tab } = await deleted('a', 'b');
		localStorage.removeItem(countKey(acme));
		await tab.open(acme);
		expect(tab.lost).toEqual({ expected: 2, found: 0 });
		tab.forgive();
		await tab.open(acme);
		expect(tab.lost).toBeNull();
	});

	test('takes no mark along that was just being written', async () => {
		const [name, acme] = [freshName(), freshOrganization()];
		const store = slowStore(name);
		const tab = await openTab(name, acme, { store });
		const written = gate();
		store.after = written.wait;
		const saved = tab.mark(handed('a'));
		await written.reached;
		await new Promise((resolve) => (indexedDB.deleteDatabase(name).onsuccess = resolve));
		written.open();
		expect(await saved).toEqual({ ok: true });
		expect(await onDisk(name, acme)).toMatchObject([{ shootId: 'a', state: 'actioned' }]);
	});

	test('without a marker in it is no loss', async () => {
		const { tab } = await deleted();
		expect(tab.lost).toBeNull();
	});
});

describe('restoring', () => {
	test('lets the newest state of each shoot hold, and clears nothing', async () => {
		const name = freshName();
		const acme = freshOrganization();
		const tab = await openTab(name, acme, { now: () => 2_000 });
		await tab.mark(handed('kept', 'older in the backup', 'undone in the backup'));
		await tab.restore([
			marker(acme, 'older in the backup', { at: 1_000, note: 'old' }),
			marker(acme, 'undone in the backup', { at: 3_000, state: 'undone' }),
			marker(acme, 'new'),
			marker('another', 'foreign'),
		]);
		expect(shoots(tab)).toEqual(['kept', 'new', 'older in the backup']);
		expect(tab.get('older in the backup')?.note).toBe('');
		expect(await onDisk(name, acme)).toHaveLength(4);
		expect(await onDisk(name, 'another')).toEqual([]);
	});
});

describe('the browser is asked to keep the markers', () => {
	test('at the first mark, and only then', async () => {
		const persist = vi.spyOn(StorageManager.prototype, 'persist').mockResolvedValue(false);
		onTestFinished(() => persist.mockRestore());
		const tab = await openTab(freshName(), freshOrganization());
		expect([tab.areAtRisk, persist.mock.calls.length]).toEqual([false, 0]);
		await tab.mark(handed('a'));
		await tab.mark(handed('b'));
		await expect.poll(() => tab.areAtRisk).toBe(true);
		expect(persist).toHaveBeenCalledOnce();
	});

	test('once one is saved: for what is not there, nothing is at risk', async () => {
		const persist = vi.spyOn(StorageManager.prototype, 'persist').mockResolvedValue(false);
		onTestFinished(() => persist.mockRestore());
		const store = new FullStore({ name: freshName() });
		onTestFinished(() => store.dispose());
		const tab = await openTab('', freshOrganization(), { store });
		expect((await tab.mark(handed('a'))).ok).toBe(false);
		expect([tab.areAtRisk, persist.mock.calls.length]).toEqual([false, 0]);
		await tab.mark(handed('a'));
		await expect.poll(() => tab.areAtRisk).toBe(true);
		await tab.open(freshOrganization());
		expect(tab.areAtRisk).toBe(false);
		await tab.mark(handed('b'));
		expect(tab.areAtRisk).toBe(true);
	});

	test.each([
		['that promises it', () => Promise.resolve(true), false],
		// WebKitGTK has no storage manager at all.
		['that can’t be asked, and has promised nothing', () => Promise.reject(new TypeError()), true],
	])('in one %s', async (_, answer, atRisk) => {
		const persist = vi.spyOn(StorageManager.prototype, 'persist').mockImplementation(answer);
		onTestFinished(() => persist.mockRestore());
		const tab = await openTab(freshName(), freshOrganization());
		await tab.mark(handed('a'));
		await vi.waitUntil(() => persist.mock.settledResults.length === 1);
		await expect.poll(() => tab.areAtRisk).toBe(atRisk);
	});
});
