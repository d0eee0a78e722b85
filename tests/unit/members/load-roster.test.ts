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
		// A page of the API: 200.
		expect(part.shoots).toHaveLength(200);
		expect(part).toMatchObject({ expected: 250, invited: [], skipped: [], organization: whole.organization });
		expect(onnamed.mock.calls).toEqual([[whole.organization.uid]]);
	});

	test('whose favorite may be on a page that has not come is not shown as somebody without one', async () => {
		const { backend, standIn } = await startBackend({ members: 250 });
		const { company } = standIn;
		const onpart = vi.fn<(part: RosterData) => void>();
		company.choose(company.shoots[7]!.id, null);
		const whole = await loadRoster(backend, never, onpart);
		expect(whole.shoots.filter(({ favorite }) => favorite === null)).toHaveLength(1);
		const [part] = onpart.mock.calls[0]!;
		expect(part.shoots.length).toBeGreaterThan(190);
		expect(part.shoots.filter(({ favorite }) => favorite === null)).toEqual([]);

		for (const { id } of company.shoots) company.choose(id, null);
		await loadRoster(backend, never, onpart);
		expect(onpart).toHaveBeenCalledTimes(1);
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

test('given a backend that does not say how much there is, nothing shows before the whole', async () => {
	const { backend, standIn } = await startBackend({ members: 250 });
	standIn.faults.add({
		kind: 'replace-json',
		api: /models$/,
		edit: (answer: { pagination: { total?: number } }) => void delete answer.pagination.total,
	});
	const onpart = vi.fn();
	expect((await loadRoster(backend, never, onpart)).shoots).toHaveLength(250);
	expect(onpart).not.toHaveBeenCalled();
});

test('given an organization that may not be seen, its members are not shown either', async () => {
	const { backend, standIn } = await startBackend({ members: 250 });
	standIn.faults.add({ kind: 'status', status: 403, api: /organization$/ });
	const told = vi.fn();
	expect(await rejection(loadRoster(backend, never, told, told))).toMatchObject({ code: 'forbidden' });
	expect(told).not.toHaveBeenCalled();
});

test('given an organization and a team without a name, each has one to show', async () => {
	const { backend, standIn } = await startBackend();
	standIn.faults.add({
		kind: 'replace-json',
		api: /organization$/,
		edit: (answer: { organization: { name: unknown; teams: { id: string; name: unknown }[] } }) => {
			answer.organization.name = null;
			answer.organization.teams = [{ id: 't-1', name: null }];
		},
	});
	const { organization, teams } = await loadRoster(backend, never);
	expect(organization.name).toBe('Your organization');
	expect(teams).toEqual([{ id: 't-1', name: 'Unnamed team' }]);
});

test('given an invite that cannot be read, the others are there, and it is told', async () => {
	const { backend, standIn } = await startBackend({ members: 60, plain: false });
	standIn.faults.add({
		kind: 'replace-json',
		api: /invites?$/,
		edit: (answer: { invites: unknown[] }) => void answer.invites.unshift({ email: 7 }),
	});
	const { invited, skipped } = await loadRoster(backend, never);
	expect(invited).toHaveLength(6);
	expect(skipped).toEqual([expect.stringMatching(/^One of the invites could not be read/)]);
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
