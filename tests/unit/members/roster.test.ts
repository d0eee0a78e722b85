import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { memberRoute } from '$lib/app/member-route';
import { BackendError } from '$lib/backend/errors';
import { loadRoster, type RosterData } from '$lib/members/load';
import { problemOf, Roster, type RosterState } from '$lib/members/roster.svelte';
import { settled, startBackend } from '../backend/client-helpers.ts';
import { loaded, sales, shoot, source, whole } from './roster-helpers.ts';

test('before it is loaded it is loading, and there is nobody', () => {
	const { roster } = source();
	expect(roster.state).toEqual({ kind: 'loading' });
	expect([roster.loaded, roster.data.teams, roster.data.shoots, roster.people]).toEqual([false, [], [], []]);
});

test('once loaded it shows the whole organization', async () => {
	const { roster } = await loaded();
	expect(roster.state).toEqual({ kind: 'ready' });
	expect([roster.loaded, roster.data]).toEqual([true, whole]);
	expect(roster.people.map(({ key, status }) => [key, status])).toEqual([
		['ada', 'finished'],
		['bob', 'finished'],
		['eve', 'finished'],
		['joe', 'finished'],
	]);
	expect([roster.team('t-1'), roster.team('gone'), roster.team(null)]).toEqual([sales, null, null]);
});

test('who has more than one finished shoot is told, by member', async () => {
	const shoots = [shoot('new', { memberId: 'ada' }), shoot('bob'), shoot('old', { memberId: 'ada' })];
	const { roster } = await loaded({ ...whole, shoots });
	expect([...roster.withSeveralShoots]).toEqual(['ada']);
});

test('a test shoot is one more: the address of either must name it', async () => {
	const shoots = [shoot('test', { memberId: 'ada', isTest: true }), shoot('real', { memberId: 'ada' })];
	const { roster } = await loaded({ ...whole, shoots });
	expect(shoots.map((one) => memberRoute(roster, one).shoot)).toEqual(['test', 'real']);
	expect(memberRoute(roster, shoot('bob')).shoot).toBeNull();
});

describe('when much is to come', () => {
	const part: RosterData = { ...whole, shoots: [shoot('ada')], expected: 4 };

	test('a first part shows while the rest is loaded', async () => {
		const { roster, loads, answer } = source();
		void roster.load();
		loads[0]?.onpart(part);
		expect([roster.state.kind, roster.loaded, roster.data]).toEqual(['loading', true, part]);
		expect(roster.whole).toBe(false);
		await answer(whole);
		expect([roster.state.kind, roster.data, roster.whole]).toEqual(['ready', whole, true]);
		loads[0]?.onpart(part);
		expect(roster.data).toEqual(whole);
	});

	test('a later part takes the place of an earlier one; that of a load that was given up comes too late', () => {
		const { roster, loads } = source();
		void roster.load();
		void roster.load();
		loads[0]?.onpart(part);
		expect(roster.loaded).toBe(false);
		const more = { ...part, shoots: [shoot('ada'), shoot('bob')] };
		loads[1]?.onpart(part);
		loads[1]?.onpart(more);
		expect(roster.data).toEqual(more);
	});

	test('a part that comes after the load has failed is not shown', async () => {
		const { roster, loads } = source();
		void roster.load();
		loads[0]?.reject(new Error('down'));
		await settled();
		loads[0]?.onpart(part);
		expect(roster.loaded).toBe(false);
	});

	test('a part never takes the place of the whole', async () => {
		const { roster, loads } = await loaded();
		void roster.load();
		loads.at(-1)?.onpart(part);
		expect(roster.data).toEqual(whole);
	});

	test('a part is gone when the rest fails: it must not pass for all', async () => {
		const { roster, loads } = source();
		void roster.load();
		loads[0]?.onpart(part);
		loads[0]?.reject(new Error('down'));
		await settled();
		expect([roster.state.kind, roster.loaded]).toEqual(['failed', false]);
	});
});

describe('loading again', () => {
	test('keeps what was shown until the new arrives', async () => {
		const { roster, answer } = await loaded();
		void roster.load();
		expect([roster.state.kind, roster.data.shoots.length]).toEqual(['loading', 4]);
		await answer({ ...whole, shoots: [shoot('zoe')] });
		expect([roster.state.kind, roster.data.shoots.map(({ id }) => id)]).toEqual(['ready', ['zoe']]);
	});

	test('ends the earlier load, whose answer or error no longer counts', async () => {
		const { roster, loads, answer } = source();
		void roster.load();
		void roster.load();
		void roster.load();
		expect(loads.map(({ signal }) => signal.aborted)).toEqual([true, true, false]);
		loads[0]?.resolve({ ...whole, organization: { uid: 'o-0', name: 'The old one' } });
		loads[1]?.reject(new Error('The old one failed.'));
		await settled();
		expect([roster.state.kind, roster.loaded]).toEqual(['loading', false]);
		await answer(whole);
		expect(roster.data.organization.name).toBe('Northlight Labs');
	});

	test('that fails says why, and keeps what was shown', async () => {
		const { roster, loads } = await loaded();
		void roster.load();
		loads.at(-1)?.reject(new BackendError('busy', 'The backend is busy.'));
		await settled();
		expect(roster.state).toEqual({ kind: 'failed', reason: 'The backend is busy.' });
		expect(roster.data.shoots).toHaveLength(4);
	});
});

describe('renewing links that have expired', () => {
	beforeEach(() => vi.useFakeTimers({ now: 0, toFake: ['Date'] }));
	afterEach(() => vi.useRealTimers());

	test('asks at most once a minute, for all of them at once', async () => {
		const { roster, loads, answer } = await loaded();
		vi.setSystemTime(59_999);
		roster.renew();
		expect(loads).toHaveLength(1);
		vi.setSystemTime(60_000);
		roster.renew();
		roster.renew();
		roster.renew();
		expect(loads).toHaveLength(2);
		await answer(whole);
		roster.renew();
		expect(loads).toHaveLength(2);
		vi.setSystemTime(120_000);
		roster.renew();
		expect(loads).toHaveLength(3);
	});

	test('asks also when the clock was set back since', async () => {
		vi.setSystemTime(24 * 3600_000);
		const { roster, loads } = await loaded();
		vi.setSystemTime(60_000);
		roster.renew();
		expect(loads).toHaveLength(2);
	});

	test('does nothing after a failure, which has a button of its own', async () => {
		const { roster, loads } = await loaded();
		void roster.load();
		loads.at(-1)?.reject(new Error('failed'));
		await settled();
		vi.setSystemTime(600_000);
		roster.renew();
		expect(loads).toHaveLength(2);
	});
});

describe('refreshing', () => {
	beforeEach(() => vi.useFakeTimers({ now: 0, toFake: ['Date'] }));
	afterEach(() => vi.useRealTimers());

	test('loads what was never loaded or long ago, and what failed; never twice at once', async () => {
		const { roster, loads, answer } = source();
		roster.refresh();
		roster.refresh();
		expect(loads).toHaveLength(1);
		await answer(whole);
		vi.setSystemTime(299_999);
		roster.refresh();
		expect(loads).toHaveLength(1);
		vi.setSystemTime(300_000);
		roster.refresh();
		expect(loads).toHaveLength(2);
		loads.at(-1)?.reject(new Error('failed'));
		await settled();
		roster.refresh();
		expect(loads).toHaveLength(3);
	});

	test('loads also when the clock was set back since', async () => {
		vi.setSystemTime(24 * 3600_000);
		const { roster, loads } = await loaded();
		vi.setSystemTime(300_000);
		roster.refresh();
		expect(loads).toHaveLength(2);
	});
});

test('once it is disposed the load ends, and nothing changes any more', async () => {
	const { roster, loads, answer } = source();
	void roster.load();
	roster.dispose();
	expect(loads[0]?.signal.aborted).toBe(true);
	await answer(whole);
	expect([roster.state.kind, roster.data.shoots]).toEqual(['loading', []]);
});

describe('given the real backend', () => {
	async function real(status: number | null) {
		const { standIn, backend } = await startBackend();
		if (status !== null) standIn.faults.add({ kind: 'status', status, api: /team$/ });
		const roster = new Roster({ load: (signal, onpart) => loadRoster(backend, signal, onpart) }, problemOf);
		onTestFinished(() => roster.dispose());
		await roster.load();
		return { standIn, roster };
	}

	test('it is ready', async () => {
		const { roster } = await real(null);
		expect([roster.state.kind, roster.data.shoots.length]).toEqual(['ready', 3]);
	});

	test.each<[number, RosterState]>([
		[401, { kind: 'signed-out' }],
		[403, { kind: 'failed', reason: 'Status 403' }],
		[500, { kind: 'failed', reason: 'Status 500' }],
	])('status %d: %o', async (status, state) => {
		const { roster } = await real(status);
		expect(roster.state).toEqual(state);
	});

	test('after signing in again it loads', async () => {
		const { roster, standIn } = await real(401);
		standIn.faults.clear();
		await roster.load();
		expect([roster.state.kind, roster.data.shoots.length]).toEqual(['ready', 3]);
	});
});
