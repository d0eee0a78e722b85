import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Backend } from '$lib/backend/client';
import { deferred, never, quickLimits, rejection } from '../backend/client-helpers.ts';
import { startGateway, startServer } from './gateway-helpers.ts';

/** What the page's own client makes of a gateway whose upstream answers like this. */
async function given(answer: (request: IncomingMessage, response: ServerResponse) => void) {
	const paused: (number | null)[] = [];
	const upstream = await startServer(answer);
	const root = `http://127.0.0.1:${upstream}/api/v2`;
	const gateway = await startGateway({ key: 'hsp_live_x', upstream: root });
	const down = deferred<'waits for the network'>();
	const backend = new Backend({
		apiBase: `${gateway.origin}/api/v2`,
		limits: { ...quickLimits, pauseCapMs: 40 },
		onpause: (until) => paused.push(until),
		ondown: () => down.resolve('waits for the network'),
	});
	onTestFinished(() => backend.dispose());
	/** What comes of asking for the organization: an error, or the decision to wait. */
	const outcome = () => Promise.race([rejection(backend.organization(never)), down.promise]);
	return { backend, paused, outcome, root, told: gateway.told };
}

const bodies = [
	['an HTML body', '<h1>No</h1>'],
	['an empty body', ''],
	['JSON', '{"success":false,"error":"No"}'],
];

test.each(bodies)(
	'a 429 with %s makes everybody wait when it asks to, and is tried again',
	async (_, body) => {
		let asked = 0;
		const { backend, paused } = await given((_request, response) => {
			if (++asked === 1) response.writeHead(429, { 'Retry-After': '9' }).end(body);
			else response.end('{"success":true,"organization":{"uid":"acme"}}');
		});
		const begun = Date.now();
		expect((await backend.organization(never)).uid).toBe('acme');
		expect(asked).toBe(2);
		expect(paused[0]).toBeGreaterThanOrEqual(begun + 40);
	},
);

test.each(bodies)('a 401 with %s is a key that is refused, no sign-out', async (_, body) => {
	const { outcome, told } = await given((_request, response) => response.writeHead(401).end(body));
	const message = 'HeadshotPro refuses the API key of this gateway.';
	expect(await outcome()).toMatchObject({ code: 'forbidden', message });
	expect(told).toEqual([message]);
});

describe('an API that redirects is a wrong setting: nobody waits, the page and the terminal say what to do', () => {
	test.each([
		['https://www.acme.example/api/v2/organization', 'https://www.acme.example/api/v2'],
		['https://www.acme.example/organization?from=apex#top', 'https://www.acme.example'],
	])('to %s', async (Location, address) => {
		const { outcome, told } = await given((_, response) => response.writeHead(301, { Location }).end());
		const message = `The API redirects. Set HEADSHOTPRO_API_URL to ${address} and start again.`;
		expect(await outcome()).toMatchObject({ code: 'refused', message });
		expect(await outcome()).toMatchObject({ message });
		expect(told).toEqual([message]);
	});

	test.each([
		['https://www.acme.example/sign-in?next=%2Forganization', 'redirects to https://www.acme.example.'],
		['/api/v3', /redirects to http:\/\/127\.0\.0\.1:\d+\. /],
		['https://hsp_live_x/api/v2/organization', 'redirects elsewhere.'],
		['/api/v2/organization?again', 'redirects elsewhere.'],
		['mailto:me@acme.example', 'redirects elsewhere.'],
		[undefined, 'redirects elsewhere.'],
	])('to %s', async (Location, words) => {
		const { outcome, told } = await given((_, response) =>
			response.writeHead(302, Location === undefined ? {} : { Location }).end(),
		);
		const error = await outcome();
		expect(error).toMatchObject({ code: 'refused' });
		expect((error as Error).message).toMatch(words);
		expect((error as Error).message).toMatch(/Set HEADSHOTPRO_API_URL to .* and start again\.$/);
		expect(told).toEqual([(error as Error).message]);
	});
});

test('an API that nobody reaches may be a network that is away: it is waited for, and the terminal says why', async () => {
	const { outcome, told } = await given((request) => request.socket.destroy());
	expect(await outcome()).toBe('waits for the network');
	expect(told).toEqual([expect.stringContaining('it broke off')]);
});
