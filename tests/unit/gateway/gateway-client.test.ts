import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { Backend } from '$lib/backend/client';
import { never, quickLimits, rejection } from '../backend/client-helpers.ts';
import { startGateway, startServer } from './gateway-helpers.ts';

/** What the page's own client makes of a gateway whose upstream answers like this. */
async function given(answer: (request: IncomingMessage, response: ServerResponse) => void) {
	const paused: (number | null)[] = [];
	const upstream = await startServer(answer);
	const { origin } = await startGateway({
		key: 'hsp_live_x',
		upstream: `http://127.0.0.1:${upstream}/api/v2`,
	});
	const backend = new Backend({
		apiBase: `${origin}/api/v2`,
		limits: { ...quickLimits, pauseCapMs: 40 },
		onpause: (until) => paused.push(until),
	});
	onTestFinished(() => backend.dispose());
	return { backend, paused };
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
	const { backend } = await given((_request, response) => response.writeHead(401).end(body));
	expect(await rejection(backend.organization(never))).toMatchObject({
		code: 'forbidden',
		message: 'HeadshotPro refuses the API key of this gateway.',
	});
});
