import { describe, expect, test, vi } from 'vitest';
import { MemorySentLog, type SentLog } from '$lib/access/sent-log';
import { summary } from '$lib/access/wording';
import { deferred, settled, until } from '../backend/client-helpers.ts';
import { kinds, outcome, send, start } from './access-helpers.ts';

const accessLink = /access-link$/;

describe('given one member', () => {
	test('nothing is sent before the admin says so', async () => {
		const { links, recipients, posts } = await start();
		links.ask(recipients.slice(0, 1));
		expect(links.state).toEqual({ kind: 'asking', recipients: recipients.slice(0, 1), unreachable: [] });
		links.close();
		expect([links.state, posts()]).toEqual([null, []]);
	});

	test('a yes sends one link, and so do two', async () => {
		const { links, recipients, posts } = await start();
		links.ask(recipients.slice(0, 1));
		links.send();
		links.send();
		expect(links.state).toMatchObject({ kind: 'sending', done: 0, total: 1 });
		expect(kinds(await outcome(links))).toEqual(['sent']);
		links.send();
		await settled();
		expect(posts()).toHaveLength(1);
	});

	test('within a minute no second one goes out, from another tab either', async () => {
		const { links, open, recipients, posts, later } = await start();
		await send(links, recipients.slice(0, 1));
		later(59_000);
		const tab = open();
		expect(kinds(await send(links, recipients.slice(0, 1)))).toEqual(['already-sent']);
		expect(kinds(await send(tab, recipients.slice(0, 1)))).toEqual(['already-sent']);
		expect(posts()).toHaveLength(1);
		later(1_000);
		expect(kinds(await send(tab, recipients.slice(0, 1)))).toEqual(['sent']);
		expect(posts()).toHaveLength(2);
	});

	test('a refusal is told in the backend’s own words, and may be tried again at once', async () => {
		const { links, recipients, posts, standIn } = await start({ inviteLimit: 0 });
		const [result] = await send(links, recipients.slice(0, 1));
		expect(result?.outcome).toEqual({ kind: 'failed', reason: 'Too many invites for today', certain: true });
		standIn.faults.add({ kind: 'raw', body: '{"success":true}', api: accessLink });
		links.again();
		expect(links.state).toMatchObject({ kind: 'asking', recipients: recipients.slice(0, 1) });
		links.send();
		expect(kinds(await outcome(links))).toEqual(['sent']);
		expect(posts()).toHaveLength(2);
	});

	test('when nobody knows what came of it, that is said, and it is not tried again within a minute', async () => {
		const { links, recipients, posts, standIn } = await start();
		standIn.faults.add({ kind: 'reset', api: accessLink });
		const [result] = await send(links, recipients.slice(0, 1));
		expect(result?.outcome).toEqual({
			kind: 'failed',
			reason: 'The backend could not be reached. The link may have been sent all the same.',
			certain: false,
		});
		standIn.faults.clear();
		expect(kinds(await send(links, recipients.slice(0, 1)))).toEqual(['already-sent']);
		expect(posts()).toHaveLength(1);
	});

	test('a rate limit fails that press, and the next one waits until the backend allows it', async () => {
		const { links, recipients, posts, standIn } = await start();
		standIn.faults.add({ kind: 'status', status: 429, retryAfter: 1, api: accessLink, tries: 1 });
		const [result] = await send(links, recipients.slice(0, 1));
		expect(result?.outcome).toEqual({ kind: 'failed', reason: 'Status 429', certain: true });
		links.again();
		links.send();
		await until(() => links.state?.kind === 'sending' && links.state.waiting);
		expect(kinds(await outcome(links))).toEqual(['sent']);
		const [refused, sent] = posts().map(({ at }) => at);
		expect((sent ?? 0) - (refused ?? 0)).toBeGreaterThanOrEqual(950);
	});

	test('the member’s own "not found", once a link went out, is that member’s failure', async () => {
		const { links, recipients } = await start();
		await send(links, recipients.slice(0, 1));
		const [result] = await send(links, [{ memberId: 'gone', email: 'gone@example.com', name: 'Gone' }]);
		expect(result?.outcome).toMatchObject({ kind: 'failed', reason: 'Member not found' });
		expect(links.unavailable).toBeNull();
	});

	test('one who was just removed takes nobody else’s link away, however often it is tried', async () => {
		const { links, recipients } = await start();
		const gone = { memberId: 'gone', email: 'gone@example.com', name: 'Gone' };
		for (let tries = 0; tries < 2; tries++) expect(kinds(await send(links, [gone]))).toEqual(['failed']);
		expect(links.unavailable).toBeNull();
		expect(kinds(await send(links, recipients.slice(0, 1)))).toEqual(['sent']);
	});

	test('a backend that hasn’t got the call is asked for two of them, and that is said', async () => {
		const { links, recipients, posts } = await start({ without: ['access-link'] });
		await send(links, recipients.slice(0, 1));
		expect(links.unavailable).toBeNull();
		await send(links, recipients.slice(1, 2));
		expect(links.unavailable).toBe("This backend can't send access links.");
		links.close();
		links.ask(recipients.slice(2, 3));
		expect([links.state, posts().length]).toEqual([null, 2]);
		links.setOrganization('org-2');
		expect(links.unavailable).toBeNull();
	});
});

describe('given several members', () => {
	test('each gets one link, one after another', async () => {
		const { links, recipients, posts } = await start({ members: 12, latencyMs: 5 });
		expect(kinds(await send(links, recipients))).toEqual(Array(12).fill('sent'));
		expect(summary(links.state!)).toBe('12 of 12 links sent');
		const all = posts();
		expect(new Set(all.map(({ path }) => path)).size).toBe(12);
		all
			.slice(1)
			.forEach(({ at }, index) => expect(at).toBeGreaterThanOrEqual(all[index]?.finishedAt ?? Infinity));
	});

	test('those without an address or a membership are told apart before, and nobody is asked twice', async () => {
		const { links, recipients } = await start();
		const invited = { memberId: null, email: 'invited@example.com', name: 'Invited' };
		const managed = { memberId: 'm', email: null, name: 'Managed' };
		links.ask([...recipients, invited, managed, recipients[0]!]);
		expect(links.state).toEqual({ kind: 'asking', recipients, unreachable: [invited, managed] });
		links.ask([invited]);
		links.send();
		expect(links.state).toMatchObject({ kind: 'asking', recipients: [] });
	});

	test('one that the backend puts off is sent when the pause is over, and once', async () => {
		const { links, recipients, posts, standIn } = await start();
		standIn.faults.add({ kind: 'status', status: 429, retryAfter: 0, api: accessLink, tries: 2 });
		expect(kinds(await send(links, recipients))).toEqual(['sent', 'sent', 'sent']);
		expect(posts().map(({ status }) => status)).toEqual([429, 429, 200, 200, 200]);
	});

	test('one that the backend puts off again and again is given up', async () => {
		const { links, recipients, posts, standIn } = await start();
		standIn.faults.add({ kind: 'status', status: 429, retryAfter: 0, api: accessLink, tries: 4 });
		expect(kinds(await send(links, recipients))).toEqual(['failed', 'sent', 'sent']);
		expect(posts()).toHaveLength(6);
	});

	test('an unknown outcome is never sent again, and the others go on', async () => {
		const { links, recipients, posts, standIn } = await start();
		standIn.faults.add({ kind: 'status', status: 500, api: accessLink, tries: 1 });
		expect(kinds(await send(links, recipients))).toEqual(['failed', 'sent', 'sent']);
		expect(summary(links.state!)).toBe('2 of 3 links sent; 1 link failed');
		links.again();
		expect(links.state).toMatchObject({ recipients: [] });
		expect(posts()).toHaveLength(3);
	});

	test.each([
		['signed out', 401],
		['not allowed', 403],
	])('%s: the others are not asked for in vain', async (_, status) => {
		const { links, recipients, posts, standIn } = await start();
		standIn.faults.add({ kind: 'status', status, api: accessLink });
		expect(kinds(await send(links, recipients))).toEqual(['failed', 'not-asked', 'not-asked']);
		links.again();
		expect(links.state).toMatchObject({ kind: 'asking', recipients });
		expect(posts()).toHaveLength(1);
	});

	test('without a network the others keep their chance', async () => {
		const { links, recipients, standIn } = await start();
		standIn.faults.add({ kind: 'reset', api: accessLink, tries: 1 });
		expect(kinds(await send(links, recipients))).toEqual(['failed', 'not-asked', 'not-asked']);
		links.again();
		expect(links.state).toMatchObject({ kind: 'asking', recipients: recipients.slice(1) });
	});

	test('one who is gone costs the others nothing', async () => {
		const { links, recipients } = await start();
		const gone = { memberId: 'gone', email: 'gone@example.com', name: 'Gone' };
		expect(kinds(await send(links, [gone, ...recipients]))).toEqual(['failed', 'sent', 'sent', 'sent']);
		expect(links.unavailable).toBeNull();
	});

	test('a backend that hasn’t got the call is asked for two of them', async () => {
		const { links, recipients, posts } = await start({ members: 6, without: ['access-link'] });
		await send(links, recipients);
		expect([links.unavailable, posts().length]).toEqual(["This backend can't send access links.", 2]);
	});

	test('Stop lets the request under way end, shows what came of it, and sends no other', async () => {
		const { links, recipients, posts } = await start({ latencyMs: 50 });
		links.ask(recipients);
		links.send();
		await until(() => posts().length === 1);
		links.stop();
		expect(links.state).toMatchObject({ kind: 'sending', stopping: true });
		expect(kinds(await outcome(links))).toEqual(['sent', 'not-asked', 'not-asked']);
		expect(posts()).toMatchObject([{ status: 200, aborted: false }]);
	});

	test('Stop while a link is being noted as sent: it is not sent, and not noted', async () => {
		const written = deferred();
		const claiming = vi.fn();
		const memory = new MemorySentLog();
		const log: SentLog = {
			claim: async (...claim) => {
				claiming();
				await written.promise;
				return memory.claim(...claim);
			},
			release: (...claim) => memory.release(...claim),
		};
		const { links, recipients, posts } = await start({ log });
		links.ask(recipients);
		links.send();
		await until(() => claiming.mock.calls.length === 1);
		links.stop();
		written.resolve();
		expect(kinds(await outcome(links))).toEqual(['not-asked', 'not-asked', 'not-asked']);
		expect(posts()).toEqual([]);
		links.again();
		links.send();
		expect(kinds(await outcome(links))).toEqual(['sent', 'sent', 'sent']);
	});

	test('Stop during a pause of the backend ends it at once', async () => {
		const { links, recipients, posts, standIn } = await start();
		standIn.faults.add({ kind: 'status', status: 429, retryAfter: 600, api: accessLink });
		links.ask(recipients);
		links.send();
		await until(() => posts()[0]?.finishedAt && links.state?.kind === 'sending' && links.state.waiting);
		links.stop();
		expect(kinds(await outcome(links))).toEqual(['not-asked', 'not-asked', 'not-asked']);
		expect(posts()).toHaveLength(1);
	});
});

test('another organization’s screen does not show what came of the last one’s', async () => {
	const { links, recipients, posts } = await start({ latencyMs: 30 });
	links.ask(recipients);
	links.send();
	await until(() => posts().length === 1);
	links.setOrganization('org-2');
	await until(() => posts()[0]?.finishedAt);
	await settled();
	expect([links.state, posts().length]).toEqual([null, 1]);
});
