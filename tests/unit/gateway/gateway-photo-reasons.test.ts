import type { RequestListener } from 'node:http';
import { describe, expect, test } from 'vitest';
import { Gate } from '$lib/net/gate';
import type { Connection } from '$lib/net/connection';
import { fetchPhoto } from '$lib/photos/fetch-photo';
import { never, quickLimits, rejection } from '../backend/client-helpers.ts';
import { freePort, startGateway, startServer } from './gateway-helpers.ts';

/** Why the page says that it has no photo from `photoUrl`; `cdn.example` is said to be in a private network. */
async function reasonFor(photoUrl: string) {
	const upstream = await startServer((_, response) =>
		response.end(JSON.stringify({ photo: { urls: { main: photoUrl } } })),
	);
	const { origin } = await startGateway({
		key: 'hsp_live_x',
		upstream: `http://127.0.0.1:${upstream}/api/v2`,
		resolve: async () => [{ address: '10.0.0.1', family: 4 }],
	});
	const link = async () => {
		const answer = await fetch(`${origin}/api/v2/organization/models/a/photos/favorite`);
		const { photo } = (await answer.json()) as { photo: { urls: { main: string } } };
		return { url: photo.urls.main, expiresAt: null };
	};
	// The API answers, so that the network is not away.
	const connection = { ridOut: () => Promise.resolve(false) } as unknown as Connection;
	const context = { gate: new Gate(), connection, limits: quickLimits, origin, onbytes: () => {} };
	return ((await rejection(fetchPhoto({ ...(await link()), refresh: link }, context, never))) as Error)
		.message;
}

/** The same, for a photo host that answers like this. */
const reasonOf = async (answer: RequestListener) =>
	reasonFor(`http://127.0.0.1:${await startServer(answer)}/p.jpg`);

describe('what the gateway refuses itself has its reason', () => {
	test('a redirect to a host that the API did not name', async () => {
		expect(
			await reasonOf((_, response) =>
				response.writeHead(302, { Location: 'https://elsewhere.example/' }).end(),
			),
		).toBe('The photo host redirects to where photos may not come from.');
	});

	test('a private address', async () => {
		expect(await reasonFor('https://cdn.example/p.jpg')).toBe('The photo host is no public host.');
	});

	test('a host that nobody reaches', async () => {
		expect(await reasonFor(`http://127.0.0.1:${await freePort()}/p.jpg`)).toBe(
			'The photo host can’t be reached.',
		);
	});
});

describe('a photo host’s own words are none for people', () => {
	test.each([
		['an envelope', '{"success":false,"error":"Call 555 0100","code":"NOT_FOUND"}', 'application/json'],
		['JSON of another form', '{"error":"Call 555 0100","code":7}', 'application/json'],
		['null', 'null', 'application/json'],
		['cut JSON', '{"success":false', 'application/json'],
		['too many', `{"error":"${'Call '.repeat(10_000)}","code":"PHOTO_LONG"}`, 'application/json'],
		['HTML', '<h1>Call 555 0100</h1>', 'text/html'],
	])('%s', async (_, body, type) => {
		expect(
			await reasonOf((_request, response) => response.writeHead(404, { 'Content-Type': type }).end(body)),
		).toBe('The photo host has no such photo (status 404).');
	});

	test('on its own origin neither, whatever it calls them', async () => {
		const host = await startServer((_, response) =>
			response
				.writeHead(404, { 'Content-Type': 'application/json' })
				.end('{"error":"Call 555 0100","code":"PHOTO_GONE"}'),
		);
		const link = { url: `http://127.0.0.1:${host}/p.jpg`, expiresAt: null };
		const connection = { ridOut: () => Promise.resolve(false) } as unknown as Connection;
		const context = {
			gate: new Gate(),
			connection,
			limits: quickLimits,
			origin: 'https://admin.example',
			onbytes: () => {},
		};
		expect(
			await rejection(fetchPhoto({ ...link, refresh: () => Promise.resolve(link) }, context, never)),
		).toMatchObject({ message: 'The photo host has no such photo (status 404).' });
	});
});
