import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Markers } from '$lib/actioned/markers.svelte';
import { freshOrganization, handed, marker, openTab, shoots } from './markers-helpers';
import { gate, onDisk, slowStore } from './markers-stores';
import { freshName, openStore } from '../storage/storage-helpers';

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

	test('what one is told while it reads everything is not undone by what it had read before', async () => {
		const [name, acme] = [freshName(), freshOrganization()];
		const here = await openTab(name, acme);
		const store = slowStore(name);
		const there = new Markers({ store });
		onTestFinished(() => there.dispose());
		const { wait, reached, open } = gate();
		store.after = () => {
			store.after = async () => {};
			return wait();
		};
		const opened = there.open(acme);
		await reached;
		await here.mark(handed('a'));
		await expect.poll(() => shoots(there)).toEqual(['a']);
		open();
		await opened;
		expect(shoots(there)).toEqual(['a']);
	});

	test('one follows the other even if that dies when its marks are on the disk, before it can say so', async () => {
		const [name, acme] = [freshName(), freshOrganization()];
		const there = await openTab(name, acme);
		const store = slowStore(name);
		const here = await openTab(name, acme, { store });
		const { wait, reached } = gate();
		store.after = wait;
		void here.mark(handed('a', 'b'));
		await reached;
		await expect.poll(() => shoots(there)).toEqual(['a', 'b']);
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
