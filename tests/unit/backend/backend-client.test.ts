import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { BackendError, isBackendError, type BackendErrorCode } from '$lib/backend/errors';
import type { Fault } from '../../backend/stand-in.ts';
import { deferred, likeABrowser, never, rejection, settled, startBackend } from './client-helpers.ts';

const reason = new Error('cancelled');
const teams = /organization$/;
const list = /organization\/team$/;
describe('given the session’s cookie', () => {
	test('it goes along with every call, and nothing else does', async () => {
		const { standIn, backend, asked } = await startBackend({ auth: { kind: 'cookie' } });
		likeABrowser(standIn.pageHeaders()['set-cookie']?.split(';')[0] ?? '');
		expect((await backend.organization(never)).name).toBe('Northlight Labs');
		expect((await backend.teamMembers(never)).items).toHaveLength(3);
		expect(asked().map(({ headers }) => [headers.authorization, headers.referer])).toEqual([
			[undefined, undefined],
			[undefined, undefined],
		]);
	});

	test('without it, the answer is that the admin is signed out, after one request', async () => {
		const { backend, asked } = await startBackend({ auth: { kind: 'cookie' } });
		const error = await rejection(backend.organization(never));
		expect(error).toBeInstanceOf(BackendError);
		expect(error).toMatchObject({ code: 'unauthorized', message: 'You are signed out of HeadshotPro.' });
		expect(asked()).toHaveLength(1);
	});
});

describe('given a host that hands out tokens', () => {
	/** A stand-in that takes the tokens of `good`, and a host that hands out `next`. */
	async function embedded(options: { good: string[]; next: string[] }) {
		const getToken = vi.fn(async (_fresh: boolean) => options.next.shift() ?? 'none-left');
		const tokens = [...options.good];
		const running = await startBackend({ auth: { kind: 'bearer', tokens }, latencyMs: 5 }, { getToken });
		const withFresh = () => getToken.mock.calls.map(([fresh]) => fresh);
		return { ...running, tokens, getToken, withFresh };
	}

	test('ten calls at once ask for one token, and later calls use the same', async () => {
		const { backend, withFresh, asked } = await embedded({ good: ['t-1'], next: ['t-1'] });
		await Promise.all(Array.from({ length: 10 }, () => backend.organization(never)));
		await backend.teamMembers(never);
		expect(withFresh()).toEqual([false]);
		expect(new Set(asked().map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer t-1']));
	});

	test('the token is the whole credential: no cookie goes along, and no address holds it', async () => {
		const { standIn, backend } = await embedded({ good: ['s3cret'], next: ['s3cret'] });
		likeABrowser('headshots_session=somebody');
		await backend.models(never);
		await backend.favoriteOf(standIn.company.shoots[0]?.id ?? '', never);
		expect(standIn.log.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined]);
		expect(standIn.log.map(({ path, query }) => `${path}?${query}`).join()).not.toContain('s3cret');
	});

	test('one that has expired is renewed once for all calls, which then go through', async () => {
		const { backend, withFresh, asked, tokens } = await embedded({ good: ['t-1'], next: ['t-1', 't-2'] });
		await backend.organization(never);
		tokens.splice(0, 1, 't-2');
		await Promise.all(Array.from({ length: 5 }, () => backend.organization(never)));
		expect(withFresh()).toEqual([false, true]);
		const statuses = asked().map(({ status }) => status);
		expect(statuses.filter((status) => status === 200)).toHaveLength(6);
		expect(statuses.filter((status) => status === 401)).toHaveLength(5);
	});

	test('one that is refused even when fresh means that the admin is signed out', async () => {
		const { backend, withFresh, asked } = await embedded({ good: [], next: ['t-1', 't-2'] });
		expect(await rejection(backend.organization(never))).toMatchObject({ code: 'unauthorized' });
		expect([withFresh(), asked().length]).toEqual([[false, true], 2]);
	});

	test('after signing in again the next call asks for a fresh one', async () => {
		const { backend, withFresh, tokens } = await embedded({ good: [], next: ['t-1', 't-2', 't-3'] });
		await rejection(backend.organization(never));
		tokens.push('t-3');
		await expect(backend.organization(never)).resolves.toBeDefined();
		expect(withFresh()).toEqual([false, true, true]);
	});

	test('a redirect to another origin is not followed, so that the token never gets there', async () => {
		const { standIn, backend } = await embedded({ good: ['t-1'], next: ['t-1'] });
		const elsewhere = await anotherServer();
		standIn.faults.add({ kind: 'redirect', to: `${elsewhere.origin}/login`, api: teams });
		expect(await rejection(backend.organization(never))).toMatchObject({ code: 'unauthorized' });
		expect(elsewhere.asked).toEqual([]);
	});

	test.each<[string, () => unknown]>([
		['rejects', () => Promise.reject(new Error('no session'))],
		[
			'throws',
			() => {
				throw new Error('no session');
			},
		],
		['gives nothing', async () => undefined],
		['gives null', async () => null],
		['gives an empty text', async () => ''],
		['gives an object', async () => ({ token: 't-1' })],
		['gives a text of several lines', async () => 't-1\r\nX-Evil: yes'],
		['gives letters that no header takes', async () => 'tökén'],
	])('who %s: it is as if the admin were signed out, and no request is made', async (_, getToken) => {
		const { backend, standIn } = await startBackend(
			{ auth: { kind: 'bearer', tokens: ['t-1'] } },
			{ getToken: getToken as () => Promise<string> },
		);
		const error = await rejection(backend.organization(never));
		expect(error).toBeInstanceOf(BackendError);
		expect(error).toMatchObject({
			code: 'unauthorized',
			message: 'The page around this one gave no access token.',
		});
		expect(standIn.log).toEqual([]);
	});

	test('an abort does not wait for a host that never answers; another call still gets its token', async () => {
		const token = deferred<string>();
		const { backend } = await startBackend(
			{ auth: { kind: 'bearer', tokens: ['t-1'] } },
			{ getToken: () => token.promise },
		);
		const controller = new AbortController();
		const [leaving, staying] = [backend.organization(controller.signal), backend.organization(never)];
		await settled();
		controller.abort(reason);
		expect(await rejection(leaving)).toBe(reason);
		token.resolve('t-1');
		expect((await staying).name).toBe('Northlight Labs');
	});
});

describe('what the backend says is understood', () => {
	test.each<[string, Fault, BackendErrorCode, number]>([
		['a redirect to a sign-in page', { kind: 'redirect', to: '/sign-in' }, 'unauthorized', 1],
		['UNAUTHORIZED', { kind: 'status', status: 401 }, 'unauthorized', 1],
		['FORBIDDEN', { kind: 'status', status: 403 }, 'forbidden', 1],
		['NOT_FOUND', { kind: 'status', status: 404 }, 'not-found', 1],
		['gone', { kind: 'status', status: 410 }, 'not-found', 1],
		['INVALID_REQUEST', { kind: 'status', status: 400, code: 'INVALID_REQUEST' }, 'refused', 1],
		['INVALID_EMAIL', { kind: 'status', status: 400, code: 'INVALID_EMAIL' }, 'refused', 1],
		['ALREADY_EXISTS', { kind: 'status', status: 409, code: 'ALREADY_EXISTS' }, 'refused', 1],
		['ALREADY_DELETED', { kind: 'status', status: 400, code: 'ALREADY_DELETED' }, 'refused', 1],
		['INSUFFICIENT_CREDITS', { kind: 'status', status: 402, code: 'INSUFFICIENT_CREDITS' }, 'refused', 1],
		['the invite limit', { kind: 'status', status: 429, code: 'INVITE_LIMIT_EXCEEDED' }, 'refused', 1],
		[
			'the rate limit, for ever',
			{ kind: 'status', status: 429, code: 'RATE_LIMIT_EXCEEDED', retryAfter: 0 },
			'busy',
			13,
		],
		[
			'429 without a known code',
			{ kind: 'raw', status: 429, body: 'Too many requests', contentType: 'text/plain' },
			'busy',
			13,
		],
		['503, for ever', { kind: 'status', status: 503, retryAfter: 0 }, 'busy', 13],
		['500, for ever', { kind: 'status', status: 500 }, 'unexpected', 4],
		['502, for ever', { kind: 'status', status: 502 }, 'unreachable', 4],
		['504, for ever', { kind: 'status', status: 504 }, 'unreachable', 4],
		['a reset connection, for ever', { kind: 'reset' }, 'unreachable', 4],
		['a body cut off, for ever', { kind: 'cut-length' }, 'unreachable', 4],
		['a chunked body cut off, for ever', { kind: 'cut-chunked' }, 'unreachable', 4],
		['JSON that ends too early, for ever', { kind: 'cut-close' }, 'unexpected', 4],
		['HTML with status 200, for ever', { kind: 'html' }, 'unexpected', 4],
		['an empty body, for ever', { kind: 'empty' }, 'unexpected', 4],
		['204, for ever', { kind: 'no-content' }, 'unexpected', 4],
		['an array', { kind: 'raw', body: '[]' }, 'unexpected', 4],
		['null', { kind: 'raw', body: 'null' }, 'unexpected', 4],
		['an answer without the list', { kind: 'raw', body: '{"success":true}' }, 'unexpected', 1],
		[
			'a failure with status 200',
			{ kind: 'raw', body: '{"success":false,"code":"NOT_FOUND"}' },
			'not-found',
			1,
		],
		[
			'signed out with status 200',
			{ kind: 'raw', body: '{"success":false,"code":"UNAUTHORIZED"}' },
			'unauthorized',
			1,
		],
		[
			'a failure of a form of its own',
			{ kind: 'raw', status: 418, body: '<h1>teapot</h1>', contentType: 'text/html' },
			'refused',
			1,
		],
	])('%s: %o → %s, after %d requests', async (_, fault, code, requests) => {
		const { standIn, backend, asked } = await startBackend({}, { limits: { pauseCapMs: 5 } });
		standIn.faults.add({ ...fault, api: list });
		const error = await rejection(backend.teamMembers(never));
		expect(error).toBeInstanceOf(BackendError);
		expect(isBackendError(error, code), `${(error as BackendError).code}: ${String(error)}`).toBe(true);
		expect((error as Error).message).toMatch(/^[A-Z].{7,}$/);
		expect(asked(list)).toHaveLength(requests);
	});

	test('a refusal keeps the backend’s own words, cut to a sensible length', async () => {
		const { standIn, backend } = await startBackend();
		const body = JSON.stringify({ success: false, error: 'No credits left. '.repeat(1000), code: 'X' });
		standIn.faults.add({ kind: 'raw', status: 402, body, api: list });
		const { message } = (await rejection(backend.teamMembers(never))) as Error;
		expect(message).toMatch(/^No credits left\. No/);
		expect(message.length).toBeLessThanOrEqual(500);
	});

	test('an envelope that forgets to say success is read all the same', async () => {
		const { standIn, backend } = await startBackend();
		standIn.faults.add({
			kind: 'replace-json',
			api: list,
			edit: ({ success: _, ...rest }: Record<string, unknown>) => rest,
		});
		expect((await backend.teamMembers(never)).items).toHaveLength(3);
	});

	test('a compressed answer is whole although its length is another', async () => {
		const { standIn, backend, asked } = await startBackend();
		standIn.faults.add({ kind: 'gzip', api: list });
		expect((await backend.teamMembers(never)).items).toHaveLength(3);
		expect(asked(list)).toHaveLength(1);
	});
});

describe('one shoot’s photos', () => {
	test('come with a fresh address, and are null where there is none', async () => {
		const { standIn, backend } = await startBackend();
		const shoot = standIn.company.shoots[0]!;
		const favorite = await backend.favoriteOf(shoot.id, never);
		expect(favorite?.id).toBe(shoot.favoriteId);
		expect((await fetch(favorite?.urls.main ?? '')).status).toBe(200);
		expect((await fetch((await backend.profilePictureOf(shoot.id, never))?.url ?? '')).status).toBe(200);
		standIn.company.choose(shoot.id, null);
		shoot.profilePicture = null;
		expect(await backend.favoriteOf(shoot.id, never)).toBeNull();
		expect(await backend.profilePictureOf(shoot.id, never)).toBeNull();
	});

	test.each(['a/../../teams', 'a?b#c', '漢 字', '%2e%2e'])(
		'the id "%s" stays one part of the path',
		async (id) => {
			const { backend, standIn } = await startBackend();
			expect(await rejection(backend.favoriteOf(id, never))).toMatchObject({ code: 'not-found' });
			expect(standIn.log[0]?.path).toBe(
				`/api/v2/organization/models/${encodeURIComponent(id)}/photos/favorite`,
			);
		},
	);
});

async function anotherServer() {
	const asked: IncomingMessage[] = [];
	const server = createServer((req, res) => {
		asked.push(req);
		res.end('{"success":true,"organization":{"uid":"1"}}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return { asked, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
