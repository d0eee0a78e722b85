import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { BackendError } from '$lib/backend/errors';
import type { FinishedShoot } from '$lib/members/member';
import { Roster, type RosterData, type RosterState } from '$lib/members/roster.svelte';
import { createSession } from '$lib/session/session.svelte';
import { readConfig } from '$lib/session/config';
import { deferred, settled, startBackend, type Deferred } from './client-helpers.ts';

const sales = { id: 't-1', name: 'Sales' };
const research = { id: 't-2', name: 'Research' };

function shoot(id: string, changed: Partial<FinishedShoot> = {}): FinishedShoot {
	return {
		id,
		memberId: id,
		email: `${id}@example.com`,
		name: id,
		title: null,
		team: null,
		finishedAt: null,
		favorite: null,
		...changed,
	};
}

const signed = { url: 'https://cdn.example/x', expiresAt: null };
const favorite = {
	photoId: 'p',
	headshot: signed,
	thumbnail: signed,
	profilePicture: { kind: 'none' } as const,
};

const whole: RosterData = {
	organization: 'Northlight Labs',
	teams: [sales, research],
	shoots: [
		shoot('ada', { team: sales, favorite }),
		shoot('bob', { team: sales }),
		shoot('eve', { team: research, favorite }),
		shoot('joe'),
	],
	skipped: ['One of the models could not be read: id: missing.'],
};

/** A source that answers when it is told to. */
function source() {
	const loads: (Deferred<RosterData> & { signal: AbortSignal })[] = [];
	const roster = new Roster(
		{
			load(signal) {
				const load = { ...deferred<RosterData>(), signal };
				loads.push(load);
				return load.promise;
			},
		},
		(error): RosterState => ({ kind: 'failed', reason: (error as Error).message }),
	);
	const answer = async (data: RosterData) => {
		loads.at(-1)?.resolve(data);
		await settled();
	};
	return { roster, loads, answer };
}

async function loaded(data = whole) {
	const all = source();
	void all.roster.load();
	await all.answer(data);
	return all;
}

test('before it is loaded it is loading, and there is nobody', () => {
	const { roster } = source();
	expect(roster.state).toEqual({ kind: 'loading' });
	expect([roster.organization, roster.teams, roster.finished, roster.favorites, roster.team]).toEqual([
		null,
		[],
		[],
		0,
		null,
	]);
});

test('once loaded it shows the whole organization', async () => {
	const { roster } = await loaded();
	expect(roster.state).toEqual({ kind: 'ready' });
	expect([roster.organization, roster.teams, roster.skipped]).toEqual([
		'Northlight Labs',
		[sales, research],
		whole.skipped,
	]);
	expect([roster.finished.map(({ id }) => id), roster.favorites]).toEqual([['ada', 'bob', 'eve', 'joe'], 2]);
});

describe('the team', () => {
	test('scopes what is shown and counted', async () => {
		const { roster } = await loaded();
		roster.teamId = 't-1';
		expect([roster.finished.map(({ id }) => id), roster.favorites, roster.team]).toEqual([
			['ada', 'bob'],
			1,
			sales,
		]);
		roster.teamId = null;
		expect([roster.finished.length, roster.team]).toEqual([4, null]);
	});

	test('stays selected over a reload; one that has vanished does not', async () => {
		const { roster, answer } = await loaded();
		roster.teamId = 't-1';
		void roster.load();
		await answer(whole);
		expect(roster.teamId).toBe('t-1');
		void roster.load();
		await answer({ ...whole, teams: [research] });
		expect([roster.teamId, roster.finished.length]).toEqual([null, 4]);
	});
});

describe('loading again', () => {
	test('keeps what was shown until the new arrives', async () => {
		const { roster, answer } = await loaded();
		void roster.load();
		expect([roster.state.kind, roster.finished.length]).toEqual(['loading', 4]);
		await answer({ ...whole, shoots: [shoot('zoe')] });
		expect([roster.state.kind, roster.finished.map(({ id }) => id)]).toEqual(['ready', ['zoe']]);
	});

	test('ends the earlier load, whose answer or error no longer counts', async () => {
		const { roster, loads, answer } = source();
		void roster.load();
		void roster.load();
		void roster.load();
		expect(loads.map(({ signal }) => signal.aborted)).toEqual([true, true, false]);
		loads[0]?.resolve({ ...whole, organization: 'The old one' });
		loads[1]?.reject(new Error('The old one failed.'));
		await settled();
		expect([roster.state.kind, roster.organization]).toEqual(['loading', null]);
		await answer(whole);
		expect(roster.organization).toBe('Northlight Labs');
	});

	test('that fails says why, and keeps what was shown', async () => {
		const { roster, loads } = await loaded();
		void roster.load();
		loads.at(-1)?.reject(new BackendError('busy', 'The backend is busy.'));
		await settled();
		expect(roster.state).toEqual({ kind: 'failed', reason: 'The backend is busy.' });
		expect(roster.finished).toHaveLength(4);
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

test('once it is disposed the load ends, and nothing changes any more', async () => {
	const { roster, loads, answer } = source();
	void roster.load();
	roster.dispose();
	expect(loads[0]?.signal.aborted).toBe(true);
	await answer(whole);
	expect([roster.state.kind, roster.finished]).toEqual(['loading', []]);
});

describe('given the real backend', () => {
	async function session(status: number | null) {
		const { standIn, apiBase } = await startBackend();
		if (status !== null) standIn.faults.add({ kind: 'status', status, api: /team$/ });
		const config = readConfig(
			JSON.stringify({ apiBase, limits: { backoffMs: 1 } }),
			'https://app.example.com',
		);
		const session = createSession({ config, origin: 'https://app.example.com' });
		onTestFinished(() => session.dispose());
		await session.roster.load();
		return { standIn, ...session };
	}

	test('it is ready', async () => {
		const { roster } = await session(null);
		expect([roster.state.kind, roster.finished.length, roster.favorites]).toEqual(['ready', 3, 3]);
	});

	test.each<[number, RosterState]>([
		[401, { kind: 'signed-out' }],
		[403, { kind: 'failed', reason: 'Status 403' }],
		[500, { kind: 'failed', reason: 'Status 500' }],
	])('status %d: %o', async (status, state) => {
		const { roster } = await session(status);
		expect(roster.state).toEqual(state);
	});

	test('after signing in again it loads', async () => {
		const { roster, standIn } = await session(401);
		standIn.faults.clear();
		await roster.load();
		expect([roster.state.kind, roster.finished.length]).toEqual(['ready', 3]);
	});
});
