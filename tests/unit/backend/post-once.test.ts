import { describe, expect, test, vi } from 'vitest';
import { isRefusal, type BackendErrorCode } from '$lib/backend/errors';
import type { Fault } from '../../backend/stand-in.ts';
import { never, rejection, startBackend, until, type ClientOptions } from './client-helpers.ts';

const accessLink = /access-link$/;
type Trouble = Fault extends infer One ? (One extends Fault ? Omit<One, 'api'> : never) : never;

async function start(fault: Fault | null, client: ClientOptions = {}, inviteLimit = 50) {
	const running = await startBackend({ inviteLimit }, client);
	if (fault) running.standIn.faults.add(fault);
	const { standIn } = running;
	const posts = () => standIn.log.filter(({ method }) => method === 'POST');
	return { ...running, posts, member: standIn.company.members[0]?.id ?? '' };
}

test('an access link is one POST, with a JSON body and a header that no form can send', async () => {
	const { backend, posts, member } = await start(null);
	await backend.sendAccessLink(member, never);
	expect(posts()).toHaveLength(1);
	expect(posts()[0]).toMatchObject({
		path: `/api/v2/organization/team/${member}/access-link`,
		status: 200,
		headers: { 'content-type': 'application/json', 'x-requested-with': 'headshot-admin' },
	});
});

describe('it is sent exactly once, and what went wrong is told, when the backend', () => {
	test.each<[string, Trouble, BackendErrorCode, string, boolean]>([
		['answers 500', { kind: 'status', status: 500 }, 'unexpected', 'Status 500', false],
		['answers 502', { kind: 'status', status: 502 }, 'unreachable', 'Status 502', false],
		['answers 503', { kind: 'status', status: 503, retryAfter: 1 }, 'unexpected', 'Status 503', false],
		['answers 404', { kind: 'status', status: 404 }, 'not-found', 'Status 404', true],
		['answers 403', { kind: 'status', status: 403 }, 'forbidden', 'Status 403', true],
		['answers 400', { kind: 'status', status: 400 }, 'refused', 'Status 400', true],
		[
			'answers 429, RATE_LIMIT_EXCEEDED',
			{ kind: 'status', status: 429, retryAfter: 1 },
			'busy',
			'Status 429',
			true,
		],
		[
			'answers 429, INVITE_LIMIT_EXCEEDED',
			{ kind: 'status', status: 429, code: 'INVITE_LIMIT_EXCEEDED', retryAfter: 1 },
			'refused',
			'Status 429',
			true,
		],
		['answers with a page', { kind: 'html' }, 'unexpected', 'The backend answered with something', false],
		['never answers', { kind: 'stall', before: true }, 'unreachable', 'The backend gave no answer', false],
		['stops halfway', { kind: 'stall' }, 'unreachable', 'The backend gave no answer', false],
		['resets the connection', { kind: 'reset' }, 'unreachable', 'The backend could not be reached.', false],
	])('%s', async (_, fault, code, words, certain) => {
		const { backend, posts, member } = await start({ ...fault, api: accessLink } as Fault, {
			limits: { stallMs: 300 },
		});
		const error = await rejection(backend.sendAccessLink(member, never));
		expect(error).toMatchObject({ code, message: expect.stringContaining(words) });
		expect(isRefusal(error)).toBe(certain);
		expect(posts()).toHaveLength(1);
	});

	test('has sent as many as it may', async () => {
		const { backend, posts, member } = await start(null, {}, 0);
		const error = await rejection(backend.sendAccessLink(member, never));
		expect(error).toMatchObject({ code: 'refused', message: 'Too many invites for today' });
		expect(posts()).toHaveLength(1);
	});
});

test('a token that is refused has changed nothing: it is sent again with a fresh one', async () => {
	const tokens = ['t-2'];
	const running = await startBackend(
		{ auth: { kind: 'bearer', tokens } },
		{ getToken: async (fresh) => (fresh ? 't-2' : 't-1') },
	);
	await running.backend.sendAccessLink(running.standIn.company.members[0]?.id ?? '', never);
	expect(running.standIn.log.map(({ status }) => status)).toEqual([401, 200]);
});

test('a rate limit holds back whoever comes next, until its pause is over', async () => {
	const onpause = vi.fn();
	const { backend, standIn, posts, member } = await start(
		{ kind: 'status', status: 429, retryAfter: 1, api: accessLink, tries: 1 },
		{ onpause },
	);
	await rejection(backend.sendAccessLink(member, never));
	await Promise.all([backend.sendAccessLink(member, never), backend.organization(never)]);
	expect(onpause.mock.calls[0]?.[0]).toBeGreaterThan(Date.now() - 1000);
	expect(posts()).toHaveLength(2);
	const [refused, ...later] = standIn.log.map(({ at }) => at);
	for (const at of later) expect(at - (refused ?? 0)).toBeGreaterThanOrEqual(950);
});

describe('whoever is told before it leaves', () => {
	test('may still forbid it: then nothing is sent', async () => {
		const { backend, posts, member } = await start(null);
		const forbidden = new Error('not again');
		await expect(backend.sendAccessLink(member, never, () => Promise.reject(forbidden))).rejects.toBe(
			forbidden,
		);
		expect(posts()).toEqual([]);
	});

	test('is told once the door is open, not before', async () => {
		const { backend, member } = await start(
			{ kind: 'status', status: 429, retryAfter: 60, api: accessLink, tries: 1 },
			{ limits: { pauseCapMs: 60_000 } },
		);
		await rejection(backend.sendAccessLink(member, never));
		const stop = new AbortController();
		const leaving = vi.fn(async () => {});
		const held = rejection(backend.sendAccessLink(member, stop.signal, leaving));
		stop.abort(new Error('stopped'));
		expect(await held).toMatchObject({ message: 'stopped' });
		expect(leaving).not.toHaveBeenCalled();
	});
});

test('a signal that is aborted while the answer is awaited is obeyed', async () => {
	const { backend, posts, member } = await start({ kind: 'stall', before: true, api: accessLink });
	const stop = new AbortController();
	const sending = rejection(backend.sendAccessLink(member, stop.signal));
	await until(() => posts().length === 1);
	stop.abort(new Error('left'));
	expect(await sending).toMatchObject({ message: 'left' });
	await until(() => posts()[0]?.aborted);
});
