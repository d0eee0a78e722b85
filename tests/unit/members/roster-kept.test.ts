import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { RosterData } from '$lib/members/load';
import { settled } from '../backend/client-helpers.ts';
import { loaded, shoot, source, whole } from './roster-helpers.ts';

describe('what was kept in this browser', () => {
	const fresh: RosterData = { ...whole, shoots: [shoot('zoe')] };

	test('shows while the backend is asked, and says of when it is', () => {
		const { roster } = source();
		expect([roster.kept, roster.readAt, roster.whole]).toEqual([false, null, false]);
		roster.showKept(whole, 5);
		expect([roster.kept, roster.readAt, roster.whole, roster.data]).toEqual([true, 5, true, whole]);
		expect(roster.state).toEqual({ kind: 'loading' });
	});

	test('gives way to the backend’s answer, which is of now', async () => {
		vi.useFakeTimers({ now: 7_000, toFake: ['Date'] });
		onTestFinished(() => void vi.useRealTimers());
		const { roster, answer } = source();
		roster.showKept(whole, 5);
		void roster.load();
		expect([roster.kept, roster.data]).toEqual([true, whole]);
		await answer(fresh);
		expect([roster.kept, roster.readAt, roster.data]).toEqual([false, 7_000, fresh]);
	});

	test('is still that when the backend fails', async () => {
		const { roster, loads } = source();
		roster.showKept(whole, 5);
		void roster.load();
		loads[0]?.reject(new Error('down'));
		await settled();
		expect([roster.kept, roster.readAt, roster.data]).toEqual([true, 5, whole]);
	});

	test('comes too late once there is an answer', async () => {
		const { roster } = await loaded(fresh);
		const at = roster.readAt;
		roster.showKept(whole, 5);
		expect([roster.kept, roster.readAt, roster.data]).toEqual([false, at, fresh]);
	});

	test('is gone, like all there is, when somebody else may be signed in', () => {
		const { roster } = source();
		roster.showKept(whole, 5);
		roster.drop();
		expect([roster.loaded, roster.kept, roster.readAt, roster.whole]).toEqual([false, false, null, false]);
		expect(roster.data.shoots).toEqual([]);
	});
});

describe('without a network', () => {
	test('it is offline with somebody to show, and waits with nobody', () => {
		const { roster } = source();
		expect([roster.offline, roster.waiting]).toEqual([false, null]);
		roster.setDown(true);
		expect([roster.offline, roster.waiting]).toEqual([false, 'network']);
		roster.showKept(whole, 5);
		expect(roster.offline).toBe(true);
		roster.setDown(false);
		expect([roster.offline, roster.waiting]).toEqual([false, null]);
	});

	test('a load waits for the network, for a busy server, or for nothing; what is ready waits for nothing', async () => {
		const { roster, answer } = source();
		void roster.load();
		roster.setPaused(9_000);
		expect(roster.waiting).toBe('server');
		roster.setDown(true);
		expect(roster.waiting).toBe('network');
		roster.setDown(false);
		roster.setPaused(null);
		expect(roster.waiting).toBeNull();
		roster.setPaused(9_000);
		roster.setDown(true);
		await answer(whole);
		expect(roster.waiting).toBeNull();
	});
});
