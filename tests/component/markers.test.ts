import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Markers } from '$lib/actioned/markers.svelte';
import { loadAll } from '$lib/actioned/records';
import { Store, type ReadTransaction, type WriteTransaction } from '$lib/storage/store';
import { steps, type StoreName } from '$lib/storage/schema';
import { countKey, freshOrganization, handed, marker, openTab, shoots } from './markers-helpers';
import { connections, freshName, onOpening, openStore, rawConnection, refuseToOpen } from './storage-helpers';

/** What the disk holds, as the next page would find it. */
const onDisk = (name: string, organization: string) => loadAll(openStore(name), organization);

/** A store that waits before it writes, or before it tells what became of it. */
class SlowStore extends Store {
	before = async () => {};
	after = async () => {};

	override async read<Name extends StoreName, T>(
		stores: Name[],
		work: (transaction: ReadTransaction<Name>) => Promise<T>,
	): Promise<T> {
		const result = await super.read(stores, work);
		await this.after();
		return result;
	}

	override async write<Name extends StoreName, T>(
		stores: Name[],
		work: (transaction: WriteTransaction<Name>) => Promise<T>,
	): Promise<T> {
		await this.before();
		const result = await super.write(stores, work);
		await this.after();
		return result;
	}
}

function slowStore(name: string): SlowStore {
	const store = new SlowStore({ name });
	onTestFinished(() => store.dispose());
	return store;
}

/** A gate for a slow store: `reached` once it waits, and it waits until `open` is called. */
function gate() {
	let reach = () => {};
	let open = () => {};
	const reached = new Promise<void>((resolve) => (reach = resolve));
	const opened = new Promise<void>((resolve) => (open = resolve));
	const wait = () => {
		reach();
		return opened;
	};
	return { wait, reached, open };
}

/** A store whose disk has no room for the next so many writes. */
class FullStore extends Store {
	failures = 1;

	override write<Name extends StoreName, T>(
		stores: Name[],
		work: (transaction: WriteTransaction<Name>) => Promise<T>,
	): Promise<T> {
		return super.write(stores, async (transaction) => {
			const result = await work(transaction);
			if (this.failures-- > 0) throw new DOMException('', 'QuotaExceededError');
			return result;
		});
	}
}

describe('marking', () => {
	test('is shown at once, and saved once it is on the disk', async () => {
		const name = freshName();
		const acme = freshOrganization();
		const store = slowStore(name);
		const tab = await openTab(name, acme, { store, now: () => 5_000 });
		const writing = gate();
		store.before = writing.wait;
		const saved = tab.mark(handed('a', 'b'));
		expect(shoots(tab)).toEqual(['a', 'b']);
		expect(tab.isSaving('a')).toBe(true);
		expect(await onDisk(name, acme)).toEqual([]);
		writing.open();
		expect(await saved).toEqual({ ok: true });
		expect(tab.isSaving('a')).toBe(false);
		expect(await onDisk(name, acme)).toEqual([
			marker(acme, 'a', { at: 5_000 }),
			marker(acme, 'b', { at: 5_000 }),
		]);
		expect(tab.get('a')).toEqual(marker(acme, 'a', { at: 5_000 }));
	});

	test('is undone by a tombstone with its time', async () => {
		const name = freshName();
		const acme = freshOrganization();
		const tab = await openTab(name, acme, { now: () => 5_000 });
		await tab.mark(handed('a'));
		const saved = tab.undo(['a']);
		expect(shoots(tab)).toEqual([]);
		expect(await saved).toEqual({ ok: true });
		expect(tab.get('a')).toBeUndefined();
		expect(await tab.all()).toEqual([marker(acme, 'a', { state: 'undone', at: 5_001 })]);
	});

	test('keeps a note, and loses it only when it is emptied', async () => {
		const name = freshName();
		const acme = freshOrganization();
		const tab = await openTab(name, acme);
		await tab.mark(handed('a'));
		const saved = tab.setNote('a', '  sent to print ');
		expect(tab.get('a')?.note).toBe('sent to print');
		expect(await saved).toEqual({ ok: true });
		await tab.mark(handed('a'));
		expect((await onDisk(name, acme))[0]?.note).toBe('sent to print');
		await tab.setNote('a', '');
		expect((await onDisk(name, acme))[0]?.note).toBe('');
	});

	test('wins against what is there even when the clock was set back', async () => {
		const name = freshName();
		const acme = freshOrganization();
		let clock = 9_000;
		const tab = await openTab(name, acme, { now: () => clock });
		await tab.mark(handed('a'));
		clock = 10;
		await tab.undo(['a']);
		expect(shoots(tab)).toEqual([]);
		await tab.mark(handed('a'));
		expect(await onDisk(name, acme)).toMatchObject([{ state: 'actioned', at: 9_002 }]);
	});

	test('of ten thousand at once is one transaction', async () => {
		const name = freshName();
		const acme = freshOrganization();
		const tab = await openTab(name, acme);
		const all = handed(...Array.from({ length: 10_000 }, (_, index) => `shoot-${index}`));
		const begin = vi.spyOn(IDBDatabase.prototype, 'transaction');
		expect(await tab.mark(all)).toEqual({ ok: true });
		expect(begin).toHaveBeenCalledOnce();
		begin.mockRestore();
		expect(tab.actioned.size).toBe(10_000);
		expect(await onDisk(name, acme)).toHaveLength(10_000);
	});

	test('before anything is open is refused in a sentence', async () => {
		const closed = new Markers({ store: openStore(freshName()) });
		onTestFinished(() => closed.dispose());
		expect(closed.state).toEqual({ kind: 'closed' });
		expect(await closed.mark(handed('a'))).toMatchObject({ ok: false });
	});
});

describe('given a disk that is full', () => {
	async function fullTab() {
		const name = freshName();
		const acme = freshOrganization();
		await (await openTab(name, acme, { now: () => 1_000 })).mark(handed('a'));
		const store = new FullStore({ name });
		onTestFinished(() => store.dispose());
		return { name, acme, store, tab: await openTab(name, acme, { store }) };
	}

	test('a mark goes away again, with the reason', async () => {
		const { tab, name, acme } = await fullTab();
		const saved = tab.mark(handed('b'));
		expect(shoots(tab)).toEqual(['a', 'b']);
		expect(await saved).toEqual({ ok: false, reason: expect.stringMatching(/is full/) });
		expect(shoots(tab)).toEqual(['a']);
		expect(tab.isSaving('b')).toBe(false);
		expect(await onDisk(name, acme)).toEqual([marker(acme, 'a')]);
	});

	test('an undone marker comes back', async () => {
		const { tab } = await fullTab();
		const saved = tab.undo(['a']);
		expect(shoots(tab)).toEqual([]);
		expect((await saved).ok).toBe(false);
		expect(shoots(tab)).toEqual(['a']);
	});

	test('the next action is tried', async () => {
		const { tab } = await fullTab();
		await tab.mark(handed('b'));
		expect(await tab.mark(handed('b'))).toEqual({ ok: true });
		expect(shoots(tab)).toEqual(['a', 'b']);
	});

	test('of two actions under way the one that fails takes nothing of the other along', async () => {
		const { tab } = await fullTab();
		const saved = [tab.mark(handed('b')), tab.mark(handed('c')), tab.undo(['a'])];
		expect(shoots(tab)).toEqual(['b', 'c']);
		expect((await Promise.all(saved)).map(({ ok }) => ok)).toEqual([false, true, true]);
		expect(shoots(tab)).toEqual(['c']);
	});
});

describe('given a connection that is lost', () => {
	test('closed under it: the mark is written on a fresh one', async () => {
		const open = connections();
		const name = freshName();
		const acme = freshOrganization();
		const tab = await openTab(name, acme);
		open[0]!.close();
		expect(await tab.mark(handed('a'))).toEqual({ ok: true });
		expect(await onDisk(name, acme)).toHaveLength(1);
	});

	test('cut off by the browser: everything is read again', async () => {
		const open = connections();
		const name = freshName();
		const acme = freshOrganization();
		const tab = await openTab(name, acme);
		// Another page writes meanwhile, which this one doesn't hear of.
		await openStore(name).write(['markers'], (transaction) =>
			transaction.objectStore('markers').put(marker(acme, 'a')),
		);
		open[0]!.close();
		open[0]!.dispatchEvent(new Event('close'));
		await expect.poll(() => shoots(tab)).toEqual(['a']);
	});

	test('to a newer version of the page: it is not held up, and this tab becomes read-only and says why', async () => {
		const name = freshName();
		const acme = freshOrganization();
		const tab = await openTab(name, acme);
		await tab.mark(handed('a'));
		await rawConnection(name, steps.length + 1);
		await expect.poll(() => tab.state.kind).toBe('read-only');
		expect(tab.state).toMatchObject({ reason: expect.stringMatching(/newer version .* Reload this one/) });
		expect(shoots(tab)).toEqual(['a']);
		expect(await tab.undo(['a'])).toMatchObject({
			ok: false,
			reason: expect.stringMatching(/newer version/),
		});
		expect(shoots(tab)).toEqual(['a']);
	});

	test('to an older version that lets nothing newer in: a sentence says what to close', async () => {
		const name = freshName();
		await rawConnection(name, 1);
		const store = openStore(name, { patienceMs: 50, steps: [() => {}, ...steps] });
		const tab = await openTab(name, freshOrganization(), { store });
		expect(tab.state).toMatchObject({
			kind: 'read-only',
			reason: expect.stringMatching(/older version .* Close it/),
		});
	});
});

describe('given storage that is refused', () => {
	test('it is read-only with the reason, until the page is looked at again and may', async () => {
		const allow = refuseToOpen('SecurityError');
		const tab = await openTab(freshName(), freshOrganization());
		const reason = expect.stringMatching(/does not let the page keep anything/);
		expect(tab.state).toEqual({ kind: 'read-only', reason });
		expect(await tab.mark(handed('a'))).toEqual({ ok: false, reason });
		expect(await tab.setNote('a', 'x')).toEqual({ ok: false, reason });
		expect(shoots(tab)).toEqual([]);
		allow();
		document.dispatchEvent(new Event('visibilitychange'));
		await expect.poll(() => tab.state.kind).toBe('ready');
		expect(await tab.mark(handed('a'))).toEqual({ ok: true });
	});
});

describe('given two tabs', () => {
	async function twoTabs() {
		const name = freshName();
		const acme = freshOrganization();
		return { name, acme, here: await openTab(name, acme), there: await openTab(name, acme) };
	}

	test('one follows the other within a second', async () => {
		const { here, there } = await twoTabs();
		await here.mark(handed('a', 'b'));
		await expect.poll(() => shoots(there), { timeout: 1_000 }).toEqual(['a', 'b']);
		await there.undo(['a']);
		await expect.poll(() => shoots(here), { timeout: 1_000 }).toEqual(['b']);
		await here.setNote('b', 'sent');
		await expect.poll(() => there.get('b')?.note, { timeout: 1_000 }).toBe('sent');
	});

	test('of many at once too', async () => {
		const { here, there } = await twoTabs();
		await here.mark(handed(...Array.from({ length: 500 }, (_, index) => `shoot-${index}`)));
		await expect.poll(() => there.actioned.size, { timeout: 1_000 }).toBe(500);
	});

	test('marking at once, they lose nothing, and neither takes it for a loss', async () => {
		const { name, acme, here, there } = await twoTabs();
		const ids = Array.from({ length: 20 }, (_, index) => `shoot-${String(index).padStart(2, '0')}`);
		const saved = await Promise.all(ids.map((id, index) => (index % 2 ? here : there).mark(handed(id))));
		expect(saved.every(({ ok }) => ok)).toBe(true);
		expect(await onDisk(name, acme)).toHaveLength(20);
		await expect.poll(() => [shoots(here), shoots(there)]).toEqual([ids, ids]);
		await Promise.all([here.open(acme), there.open(acme)]);
		expect([here.lost, there.lost]).toEqual([null, null]);
	});

	test('writing on one shoot at once, both changes are kept', async () => {
		const { name, acme, here, there } = await twoTabs();
		await here.mark(handed('a'));
		await expect.poll(() => shoots(there)).toEqual(['a']);
		await Promise.all([here.setNote('a', 'sent'), there.undo(['a'])]);
		expect(await onDisk(name, acme)).toMatchObject([{ state: 'undone', note: 'sent' }]);
		await expect.poll(() => [shoots(here), shoots(there)]).toEqual([[], []]);
	});

	test('one that slept reads everything when it is looked at', async () => {
		const { name, acme, here } = await twoTabs();
		await openStore(name).write(['markers'], (transaction) =>
			transaction.objectStore('markers').put(marker(acme, 'a')),
		);
		expect(shoots(here)).toEqual([]);
		dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
		await expect.poll(() => shoots(here)).toEqual(['a']);
	});

	test.each([null, 'a', { organization: 7, shootIds: ['a'] }, { organization: 'acme', shootIds: [1] }])(
		'what is no news is not listened to: %o',
		async (message) => {
			const { here, there } = await twoTabs();
			const channel = new BroadcastChannel('headshot-admin:markers');
			onTestFinished(() => channel.close());
			channel.postMessage(message);
			await here.mark(handed('a'));
			await expect.poll(() => shoots(there)).toEqual(['a']);
			expect(there.state).toEqual({ kind: 'ready' });
		},
	);

	test('without a channel each still keeps its own', async () => {
		const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
		const channel = () => {
			throw new DOMException('', 'SecurityError');
		};
		const tab = await openTab(freshName(), freshOrganization(), { channel });
		expect(await tab.mark(handed('a'))).toEqual({ ok: true });
		expect(warn).toHaveBeenCalledOnce();
		warn.mockRestore();
	});

	test('disposed, one follows no more', async () => {
		const { name, acme, here, there } = await twoTabs();
		const third = await openTab(name, acme);
		there.dispose();
		await here.mark(handed('a'));
		await expect.poll(() => shoots(third)).toEqual(['a']);
		expect(shoots(there)).toEqual([]);
	});
});

describe('two organizations', () => {
	test('never mix', async () => {
		const name = freshName();
		const [acme, zeta] = [freshOrganization(), freshOrganization()];
		const tab = await openTab(name, acme);
		await tab.mark(handed('a'));
		const opening = tab.open(zeta);
		expect(shoots(tab)).toEqual([]);
		expect(tab.state).toEqual({ kind: 'loading' });
		await opening;
		expect(shoots(tab)).toEqual([]);
		await tab.mark(handed('z'));
		expect(await tab.all()).toMatchObject([{ organization: zeta, shootId: 'z' }]);
		await tab.open(acme);
		expect(shoots(tab)).toEqual(['a']);
	});

	test('do not mix either when one is opened while a mark of the other is on its way', async () => {
		const name = freshName();
		const [acme, zeta] = [freshOrganization(), freshOrganization()];
		const tab = await openTab(name, acme);
		const saved = tab.mark(handed('a'));
		const opening = tab.open(zeta);
		expect(shoots(tab)).toEqual([]);
		expect(await saved).toEqual({ ok: true });
		await opening;
		expect(shoots(tab)).toEqual([]);
		expect(await onDisk(name, acme)).toHaveLength(1);
		expect(await onDisk(name, zeta)).toEqual([]);
	});

	test('the last one that was opened is shown, whichever answers first', async () => {
		const name = freshName();
		const [acme, zeta] = [freshOrganization(), freshOrganization()];
		const tab = await openTab(name, zeta);
		await tab.mark(handed('z'));
		await Promise.all([tab.open(acme), tab.open(zeta)]);
		expect([tab.organization, shoots(tab)]).toEqual([zeta, ['z']]);
	});
});

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

	test('deleted in another tab, it is shown as empty and not made again', async () => {
		const name = freshName();
		const tab = await openTab(name, freshOrganization());
		await tab.mark(handed('a'));
		await new Promise((resolve) => (indexedDB.deleteDatabase(name).onsuccess = resolve));
		expect(shoots(tab)).toEqual([]);
		expect((await indexedDB.databases()).map((database) => database.name)).not.toContain(name);
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
		const tab = await openTab(freshName(), freshOrganization());
		expect(tab.persistence).toBeNull();
		expect(persist).not.toHaveBeenCalled();
		await tab.mark(handed('a'));
		await tab.mark(handed('b'));
		expect(persist).toHaveBeenCalledOnce();
		expect(tab.persistence).toBe('may-be-wiped');
		persist.mockRestore();
	});
});
