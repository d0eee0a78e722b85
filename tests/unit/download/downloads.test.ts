import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { plainOptions } from '$lib/download/options/options';
import { until } from '../backend/client-helpers.ts';
import { downloads, stalled } from './downloads-helpers.ts';

// Node has no Worker of the web: what runs here is the way of a page whose CSP allows none, with real ports and a real
// network.

beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => {}));
afterEach(() => void vi.restoreAllMocks());

test('a download runs, shows itself, and hands its archive over once', async () => {
	const { all, saved, outcome } = await downloads();
	all.start({ team: null });
	expect([all.running, all.dialogOpen, all.job?.state.kind]).toEqual([true, true, 'running']);
	const ended = await outcome();
	expect(ended).toMatchObject({
		kind: 'saved',
		entries: 6,
		membersSaved: 3,
		membersTotal: 3,
		failures: [],
	});
	expect([all.running, saved.length, saved[0]?.blob.size]).toEqual([
		false,
		1,
		(ended as { blob: Blob }).blob.size,
	]);
	expect(saved[0]?.filename).toMatch(/^team-photos-\d{4}-\d{2}-\d{2}\.zip$/);
	all.saveAgain();
	expect(saved).toHaveLength(2);
	all.dismiss();
	expect([all.job, all.dialogOpen]).toEqual([null, false]);
	all.saveAgain();
	expect(saved).toHaveLength(2);
});

test('only with headshot and profile picture is a favorite handed over: after one of them it is new still', async () => {
	const { all, delivered, outcome } = await downloads();
	for (const form of [{ files: 'headshots' }, { files: 'pfps' }, { layout: 'flat-headshot' }] as const) {
		all.start({ team: null, options: { ...plainOptions, ...form } });
		expect(await outcome()).toMatchObject({ kind: 'saved', membersSaved: 3 });
		all.dismiss();
	}
	expect(delivered).toEqual([]);
	all.start({ team: null, options: { ...plainOptions, index: true } });
	await outcome();
	expect(delivered).toEqual([3]);
});

test('one runs at a time: a second start shows the first', async () => {
	const { all, standIn, outcome } = await downloads();
	all.start({ team: null });
	const { job } = all;
	all.dialogOpen = false;
	all.start({ team: { id: 'x', name: 'X' } });
	expect([all.job, all.dialogOpen]).toEqual([job, true]);
	await outcome();
	expect(standIn.log.filter(({ path }) => path.endsWith('/models'))).toHaveLength(1);
});

test('a failure shows as it happens, and again starts the same team’s download once more', async () => {
	const { all, standIn, outcome } = await downloads({ members: 20 });
	const team = standIn.company.organization.teams[1]!;
	const lost = standIn.company.shoots.find(({ teamId }) => teamId === team.id)!;
	standIn.faults.add({ kind: 'status', status: 404, shootId: lost.id, file: 'pfp' });
	all.start({ team });
	await until(() => all.job?.failures.length === 1);
	await outcome();
	expect(all.job).toMatchObject({ scope: { team }, failures: [{ shootId: lost.id, file: 'pfp.jpg' }] });
	standIn.faults.clear();
	all.again();
	await until(() => all.running);
	expect(all.job).toMatchObject({ scope: { team }, failures: [], state: { kind: 'running' } });
	const membersTotal = standIn.company.shoots.filter(({ teamId }) => teamId === team.id).length;
	expect(await outcome()).toMatchObject({ kind: 'saved', failures: [], membersTotal });
});

test('the host’s token is asked for by way of the page, and reaches the backend', async () => {
	const getToken = vi.fn(async () => 't-1');
	const { all, outcome } = await downloads({ auth: { kind: 'bearer', tokens: ['t-1'] } }, { getToken });
	all.start({ team: null });
	expect(await outcome()).toMatchObject({ kind: 'saved' });
	expect(getToken).toHaveBeenCalledTimes(1);
});

test('an admin who signs in again lets it go on', async () => {
	const { all, standIn, outcome } = await downloads();
	standIn.signOut();
	all.start({ team: null });
	await until(() => {
		const state = all.job?.state;
		return state?.kind === 'running' && state.progress.waiting?.for === 'sign-in';
	});
	standIn.signIn();
	all.continueAfterSignIn();
	expect(await outcome()).toMatchObject({ kind: 'saved', membersSaved: 3 });
});

test('Pause holds it, by way of the worker, and Resume lets it end', async () => {
	const { all, standIn, outcome, fetching } = await downloads({ members: 30, latencyMs: 20 });
	const waiting = () => {
		const state = all.job?.state;
		return state?.kind === 'running' ? state.progress.waiting?.for : 'ended';
	};
	all.start({ team: null });
	await fetching();
	all.pause();
	await until(() => waiting() === 'you' && standIn.inFlight() === 0);
	expect([all.running, all.job?.pace.speed]).toEqual([true, null]);
	all.resume();
	expect(await outcome()).toMatchObject({ kind: 'saved', failures: [] });
});

test('what has ended is remembered without its archive, the latest first, and outlives its dialog', async () => {
	const { all, standIn, outcome, fetching } = await downloads();
	all.start({ team: null });
	await outcome();
	all.dismiss();
	standIn.faults.add(stalled);
	all.start({ team: { id: 'x', name: 'X' } });
	await fetching();
	void all.cancel();
	await outcome();
	expect(all.history).toMatchObject([
		{ id: 2, kind: 'cancelled', scope: { team: { name: 'X' } } },
		{ id: 1, kind: 'saved', line: '3 of 3 members saved', failures: [] },
	]);
	expect(JSON.stringify(all.history)).not.toContain('blob');
});

test('once the page is left, the network falls quiet and nothing is handed over', async () => {
	const { all, standIn, saved, fetching } = await downloads();
	standIn.faults.add(stalled);
	all.start({ team: null });
	await fetching();
	all.dispose();
	expect(all.job).toBeNull();
	await until(() => standIn.inFlight() === 0);
	expect(saved).toEqual([]);
});

describe('when others are to be shown', () => {
	test('what was only pressed for the ones before never begins, and what is pressed then is its own', async () => {
		const { all, standIn, saved, outcome } = await downloads();
		all.start({ team: { id: 'first', name: 'First' } });
		all.forgetAll();
		all.start({ team: null });
		expect(await outcome()).toMatchObject({ kind: 'saved', membersTotal: 3 });
		expect(standIn.log.map(({ query }) => query.get('teamId'))).not.toContain('first');
		expect([saved.length, all.history.length]).toEqual([1, 1]);
	});

	test('what runs ends, saves nothing, and asks for nothing more', async () => {
		const { all, standIn, saved, fetching } = await downloads({ faults: [stalled] });
		all.start({ team: null });
		await fetching();
		all.forgetAll();
		expect([all.job, all.dialogOpen, all.running]).toEqual([null, false, false]);
		await until(() => standIn.inFlight() === 0);
		expect([saved, all.history]).toEqual([[], []]);
	});

	test('nothing stays in sight of those that have ended', async () => {
		const { all, outcome } = await downloads();
		all.start({ team: null });
		await outcome();
		all.panelOpen = true;
		expect(all.history).toHaveLength(1);
		all.forgetAll();
		expect([all.job, all.history, all.dialogOpen, all.panelOpen]).toEqual([null, [], false, false]);
	});
});
