import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Markers } from '$lib/actioned/markers.svelte';
import { steps } from '$lib/storage/schema';
import { freshOrganization, handed, marker, openTab, shoots } from './markers-helpers';
import { FullStore, gate, onDisk, slowStore } from './markers-stores';
import { connections, freshName, openStore, rawConnection, refuseToOpen } from '../storage/storage-helpers';

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

	test('a mark is written once there is room, however often that takes', async () => {
		const { name, acme, store } = await fullTab();
		store.failures = 2;
		const makeRoom = vi.fn(async () => true);
		const tab = await openTab(name, acme, { store, makeRoom });
		const saved = tab.mark(handed('b'));
		expect(tab.isSaving('b')).toBe(true);
		expect(await saved).toEqual({ ok: true });
		expect(makeRoom).toHaveBeenCalledTimes(2);
		expect(await onDisk(name, acme)).toHaveLength(2);
	});

	test('where nothing can make room any more, the reason is told', async () => {
		const { name, acme, store } = await fullTab();
		store.failures = 9;
		const makeRoom = vi.fn(async () => false).mockResolvedValueOnce(true);
		const tab = await openTab(name, acme, { store, makeRoom });
		expect(await tab.mark(handed('b'))).toEqual({ ok: false, reason: expect.stringMatching(/is full/) });
		expect([makeRoom.mock.calls.length, shoots(tab)]).toEqual([2, ['a']]);
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
		const store = openStore(name, { patienceMs: 500, steps: [() => {}, ...steps] });
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
