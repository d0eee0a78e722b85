import { describe, expect, test, vi } from 'vitest';
import { loadRoster, type RosterData } from '$lib/members/load';
import { never, rejection, startBackend } from '../backend/client-helpers.ts';

describe('given a company of many pages', () => {
	test('what the first of each list hold is shown once, and then the whole', async () => {
		const { backend } = await startBackend({ members: 250 });
		const [onpart, onnamed] = [vi.fn<(part: RosterData) => void>(), vi.fn()];
		const whole = await loadRoster(backend, never, onpart, onnamed);
		expect([whole.shoots.length, whole.expected]).toEqual([250, null]);
		expect(onpart).toHaveBeenCalledTimes(1);
		const [part] = onpart.mock.calls[0]!;
		expect(part.shoots.length).toBeGreaterThan(0);
		expect(part.shoots.length).toBeLessThan(250);
		expect(part).toMatchObject({ expected: 250, invited: [], skipped: [], organization: whole.organization });
		expect(onnamed.mock.calls).toEqual([[whole.organization.uid]]);
	});

	test('nobody needs to look on', async () => {
		const { backend } = await startBackend({ members: 250 });
		expect((await loadRoster(backend, never)).shoots).toHaveLength(250);
	});
});

test('given a company of one page, there is no part to show before the whole', async () => {
	const { backend } = await startBackend({ members: 3 });
	const onpart = vi.fn();
	await loadRoster(backend, never, onpart);
	expect(onpart).not.toHaveBeenCalled();
});

test('given a backend without invites, nobody is invited; any other fault of it ends the load', async () => {
	const { backend, standIn } = await startBackend();
	standIn.faults.add({ kind: 'status', status: 404, api: /invites?/ });
	expect(await loadRoster(backend, never)).toMatchObject({ invited: [], skipped: [] });
	standIn.faults.clear();
	standIn.faults.add({ kind: 'status', status: 403, api: /invites?/ });
	expect(await rejection(loadRoster(backend, never))).toMatchObject({ message: 'Status 403' });
});

test('given an abort, it is told nothing more', async () => {
	const { backend } = await startBackend({ members: 250 });
	const controller = new AbortController();
	const reason = new Error('cancelled');
	const told = vi.fn();
	const loading = rejection(loadRoster(backend, controller.signal, told, told));
	controller.abort(reason);
	expect(await loading).toBe(reason);
	expect(told).not.toHaveBeenCalled();
});
