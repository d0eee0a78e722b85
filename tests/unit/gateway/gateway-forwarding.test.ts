import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test, vi } from 'vitest';
import { askedToWait } from '$lib/net/retry-after';
import { ask, deferred, startGateway, startServer, type Answer } from './gateway-helpers.ts';

const key = 'hsp_live_0123456789abcdef';

/** A gateway before an upstream that answers with `answer`; `seen` holds the requests that reached it. */
async function given(answer: (request: IncomingMessage, response: ServerResponse) => void) {
	const seen: {
		method: string | undefined;
		url: string | undefined;
		headers: IncomingMessage['headers'];
		body: string;
	}[] = [];
	const upstreamPort = await startServer(async (request, response) => {
		let body = '';
		for await (const chunk of request) body += String(chunk);
		seen.push({ method: request.method, url: request.url, headers: request.headers, body });
		answer(request, response);
	});
	const { port, told } = await startGateway({ key, upstream: `http://127.0.0.1:${upstreamPort}/api/v2` });
	return { port, upstreamPort, seen, told };
}

const json = (
	response: ServerResponse,
	status: number,
	body: unknown,
	headers: Record<string, string> = {},
) => response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
const codeOf = (answer: Answer) => (JSON.parse(answer.text) as { code?: string }).code;

test('a read goes upstream with the key, and with nothing of what the page sent', async () => {
	const { port, upstreamPort, seen } = await given((_, response) =>
		json(response, 200, { success: true, teams: [] }),
	);
	const answer = await ask(port, '/api/v2/organization/teams?limit=50&offset=100', {
		headers: {
			Authorization: 'Bearer of the page',
			Cookie: 'session=1',
			Origin: `http://localhost:${port}`,
			Referer: `http://localhost:${port}/app/admin/headshots`,
			'X-Forwarded-For': '1.2.3.4',
		},
	});
	expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
	expect(JSON.parse(answer.text)).toEqual({ success: true, teams: [] });
	const [request] = seen;
	expect(request?.url).toBe('/api/v2/organization/teams?limit=50&offset=100');
	expect(request?.headers.authorization).toBe(`Bearer ${key}`);
	expect(request?.headers.host).toBe(`127.0.0.1:${upstreamPort}`);
	for (const name of ['cookie', 'origin', 'referer', 'x-forwarded-for'])
		expect(request?.headers, name).not.toHaveProperty(name);
});

test('status, envelope and rate limit are passed on; cookies and other headers are not', async () => {
	const { port } = await given((_, response) =>
		json(
			response,
			429,
			{ success: false, error: 'Slow down', code: 'RATE_LIMIT_EXCEEDED' },
			{
				'X-RateLimit-Limit': '300',
				'X-RateLimit-Remaining': '0',
				'X-RateLimit-Reset': '2026-11-24T10:00:00Z',
				'Retry-After': '7',
				'Set-Cookie': 'upstream=1',
				'Access-Control-Allow-Origin': '*',
			},
		),
	);
	const answer = await ask(port, '/api/v2/organization');
	expect(answer.status).toBe(429);
	expect(codeOf(answer)).toBe('RATE_LIMIT_EXCEEDED');
	expect(answer.headers).toMatchObject({
		'x-ratelimit-limit': '300',
		'x-ratelimit-remaining': '0',
		'x-ratelimit-reset': '2026-11-24T10:00:00Z',
		'retry-after': '7',
	});
	for (const name of ['set-cookie', 'access-control-allow-origin'])
		expect(answer.headers).not.toHaveProperty(name);
});

test('the server’s own time is passed on, once: a wrong clock of this machine lengthens no wait', async () => {
	const serverNow = Date.UTC(2026, 10, 24, 10);
	const { port } = await given((_, response) =>
		json(
			response,
			429,
			{ success: false },
			{ Date: new Date(serverNow).toUTCString(), 'Retry-After': new Date(serverNow + 20_000).toUTCString() },
		),
	);
	// Read as a page reads it: two of one header would be one text.
	const { headers } = await fetch(`http://127.0.0.1:${port}/api/v2/organization`);
	expect(headers.get('date')).toBe(new Date(serverNow).toUTCString());
	expect(askedToWait(headers, serverNow - 10 * 60_000)).toBe(20_000);
});

test('the key never reaches the page or the console, however the upstream echoes it', async () => {
	const prints = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => vi.spyOn(console, name));
	const { port, told } = await given((request, response) => {
		const echo = request.headers.authorization ?? '';
		if (request.url?.endsWith('=html')) response.writeHead(500, { 'Content-Type': 'text/html' }).end(echo);
		else if (request.url?.endsWith('=redirect'))
			response.writeHead(302, { Location: `/?key=${key}` }).end(echo);
		else if (request.url?.endsWith('=redirect-host'))
			response.writeHead(302, { Location: `https://${key}.example/` }).end();
		else if (request.url?.endsWith('=redirect-path'))
			response.writeHead(302, { Location: `/${key}/organization` }).end();
		else if (request.url?.endsWith('=cut')) response.write(echo, () => response.destroy());
		else
			json(
				response,
				request.url?.endsWith('=ok') ? 200 : request.url?.endsWith('=denied') ? 401 : 400,
				{
					success: false,
					error: `Bad header: ${echo}`,
					[key]: { nested: [encodeURIComponent(echo), Buffer.from(key).toString('base64')] },
					photos: [{ urls: { main: `http://127.0.0.1:1/p.jpg?token=${key}` } }],
				},
				{ 'X-RateLimit-Reset': echo, 'Retry-After': key, 'X-Echo': echo },
			);
	});
	for (const path of [
		'ok',
		'refused',
		'denied',
		'html',
		'redirect',
		'redirect-host',
		'redirect-path',
		'cut',
	]) {
		const answer = await ask(port, `/api/v2/organization?case=${path}`);
		expect(answer.status, path).not.toBe(404);
		const received = JSON.stringify(answer.headers) + answer.text;
		for (const spelling of [key, Buffer.from(key).toString('base64')])
			expect(received, path).not.toContain(spelling);
	}
	expect(told.length).toBeGreaterThan(2);
	expect(JSON.stringify(told).toLowerCase()).not.toContain(key);
	for (const print of prints) expect(JSON.stringify(print.mock.calls)).not.toContain(key);
	vi.restoreAllMocks();
});

test('only the reads that the page makes and access links are let through', async () => {
	const { port, seen } = await given((_, response) => json(response, 200, { success: true }));
	const own = { Origin: `http://localhost:${port}`, 'X-Requested-With': 'headshot-admin' };
	for (const [method, path, status] of [
		['GET', '/api/v2/account', 404],
		['GET', '/api/v2', 404],
		['GET', '/api/v2/organizations', 404],
		['GET', '/api/v2/organization/api-keys', 404],
		['GET', '/api/v2/organization/team/1', 404],
		['GET', '/api/v2/organization/%252e%252e/account', 404],
		['GET', '/api/v2/organization/../account', 404],
		['GET', '/api/v2/organization/%2e%2e/account', 404],
		['GET', '/api/v2/organization/..%2faccount', 400],
		['GET', '/api/v2/organization/..%5caccount', 400],
		['POST', '/api/v2/organization', 405],
		['POST', '/api/v2/organization/team/1/access-link/more', 405],
		['POST', '/api/v2/organization/team//access-link', 405],
		['POST', '/api/v2/photo?u=x', 405],
		['PUT', '/api/v2/organization/team/1/access-link', 405],
		['DELETE', '/api/v2/organization/team/1', 405],
		['OPTIONS', '/api/v2/organization', 405],
	] as const)
		expect((await ask(port, path, { method, headers: own })).status, `${method} ${path}`).toBe(status);
	expect(seen).toEqual([]);
});

test('an access link is sent once, by the page’s own script only', async () => {
	const { port, seen } = await given((_, response) =>
		json(response, 200, { success: true, message: 'Sent' }),
	);
	const send = (headers: Record<string, string>, body?: string) =>
		ask(port, '/api/v2/organization/team/7f3a/access-link', {
			method: 'POST',
			headers,
			...(body && { body }),
		});
	const Origin = `http://localhost:${port}`;

	for (const headers of [
		{},
		{ Origin },
		{ 'X-Requested-With': 'headshot-admin' },
		{ Origin, 'Content-Type': 'text/plain' },
		{ Origin, 'Content-Type': 'application/x-www-form-urlencoded' },
		{ Origin: 'https://evil.example', 'X-Requested-With': 'headshot-admin' },
	])
		expect((await send(headers as Record<string, string>)).status, JSON.stringify(headers)).toBe(403);
	expect(seen).toEqual([]);

	expect((await send({ Origin, 'X-Requested-With': 'headshot-admin' })).status).toBe(200);
	expect((await send({ Origin, 'Content-Type': 'application/json' }, '{"locale":"en"}')).status).toBe(200);
	expect((await send({ Origin, 'Content-Type': 'application/json' }, 'no json')).status).toBe(400);
	expect((await send({ Origin, 'Content-Type': 'application/json' }, `"${'x'.repeat(20_000)}"`)).status).toBe(
		400,
	);
	expect(seen.map(({ method, body }) => [method, body])).toEqual([
		['POST', ''],
		['POST', '{"locale":"en"}'],
	]);
});

test('a redirect is not followed: the key would go along', async () => {
	const followed: (string | undefined)[] = [];
	const elsewhere = await startServer((request, response) => {
		followed.push(request.url);
		json(response, 200, {});
	});
	for (const status of [301, 302, 303, 307, 308]) {
		const { port } = await given((_, response) =>
			response.writeHead(status, { Location: `http://127.0.0.1:${elsewhere}/` }).end(),
		);
		const answer = await ask(port, '/api/v2/organization');
		expect([answer.status, codeOf(answer)]).toEqual([400, 'UPSTREAM_REDIRECTED']);
		expect(answer.headers.location).toBeUndefined();
	}
	expect(followed).toEqual([]);
});

test('an API key that HeadshotPro refuses is said to be one: signing in would not help', async () => {
	const { port } = await given((_, response) =>
		json(response, 401, { success: false, code: 'UNAUTHORIZED' }),
	);
	const answer = await ask(port, '/api/v2/organization');
	expect([answer.status, codeOf(answer)]).toEqual([403, 'FORBIDDEN']);
	expect(answer.text).toContain('API key');
});

test('what isn’t JSON never becomes a page of this origin', async () => {
	const { port } = await given((request, response) =>
		response
			.writeHead(request.url?.includes('503') ? 503 : 200, {
				'Content-Type': 'text/html',
				'Retry-After': '3',
			})
			.end('<script>alert(1)</script>'),
	);
	const fine = await ask(port, '/api/v2/organization');
	expect([fine.status, codeOf(fine)]).toEqual([502, 'UPSTREAM_INVALID']);
	const busy = await ask(port, '/api/v2/organization?status=503');
	expect([busy.status, codeOf(busy), busy.headers['retry-after']]).toEqual([503, 'UPSTREAM_INVALID', '3']);
	for (const answer of [fine, busy]) {
		expect(answer.text).not.toContain('<script>');
		expect(answer.headers['content-type']).toContain('application/json');
	}
});

test('bottomless JSON is an unreadable answer', async () => {
	const { port } = await given((_, response) => response.end('['.repeat(20_000) + ']'.repeat(20_000)));
	const answer = await ask(port, '/api/v2/organization');
	expect([answer.status, codeOf(answer)]).toEqual([502, 'UPSTREAM_INVALID']);
});

test('a HEAD and an empty answer are passed on without a body', async () => {
	const { port, seen } = await given((_, response) => response.writeHead(204).end());
	expect(await ask(port, '/api/v2/organization', { method: 'HEAD' })).toMatchObject({
		status: 204,
		text: '',
	});
	expect(await ask(port, '/api/v2/organization')).toMatchObject({ status: 204, text: '' });
	expect(seen.map(({ method }) => method)).toEqual(['HEAD', 'GET']);
});

test('when the page gives up, so does the request upstream', async () => {
	const [arrived, gone] = [deferred(), deferred()];
	const { port, told } = await given((_, response) => {
		response.once('close', () => gone.resolve());
		arrived.resolve();
	});
	const page = new AbortController();
	const asked = fetch(`http://localhost:${port}/api/v2/organization`, { signal: page.signal });
	await arrived.promise;
	page.abort();
	await expect(asked).rejects.toThrow('abort');
	await gone.promise;
	// That is nothing to tell the terminal.
	expect(told).toEqual([]);
});
