import { randomBytes } from 'node:crypto';
import http, { type RequestListener } from 'node:http';
import type { LookupAddress } from 'node:dns';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { checkedLookup } from '../../../src/gateway/checked-lookup.ts';
import { ask, deferred, startGateway, startServer, type Answer } from './gateway-helpers.ts';

const photo = randomBytes(3_000_000);
const key = 'hsp_live_0123456789abcdef';
const codeOf = (answer: Answer) => (JSON.parse(answer.text) as { code?: string }).code;
const carried = (url: string) => `/api/v2/photo?u=${encodeURIComponent(url)}`;

/** A gateway before an API on this machine that names `urls`, one photo each. */
async function givenApi(urls: string[]) {
	const upstream = await startServer((_, response) =>
		response.end(JSON.stringify({ photos: urls.map((main) => ({ urls: { main } })) })),
	);
	const { port } = await startGateway({ key, upstream: `http://127.0.0.1:${upstream}/api/v2` });
	return { port, roster: (headers = {}) => named(port, headers) };
}

/** What the page is told the photos' URLs are. */
async function named(port: number, headers: Record<string, string> = {}): Promise<string[]> {
	const answer = await ask(port, '/api/v2/organization/photos/favorites', { headers });
	return (JSON.parse(answer.text) as { photos: { urls: { main: string } }[] }).photos.map(
		({ urls }) => urls.main,
	);
}

describe('given a photo host that the API named', () => {
	/** A photo host that answers with `listener`, and a gateway whose page has just seen the roster. */
	async function givenHost(listener: RequestListener) {
		const host = await startServer(listener);
		const url = `http://127.0.0.1:${host}/p.jpg?sig=a%2Bb+c&Expires=1`;
		const { port, roster } = await givenApi([url]);
		await roster();
		return { port, host, url, roster };
	}

	test('the page finds the photo on the origin that it is open on', async () => {
		const { port, url, roster } = await givenHost((_, response) => response.end());
		expect(await roster()).toEqual([`http://localhost:${port}${carried(url)}`]);
		expect(await roster({ Host: `127.0.0.1:${port}` })).toEqual([`http://127.0.0.1:${port}${carried(url)}`]);
	});

	test('its bytes, type, length and caching arrive untouched; cookies don’t', async () => {
		const { port, url } = await givenHost((_, response) =>
			response
				.writeHead(200, {
					'Content-Type': 'image/jpeg',
					'Content-Length': photo.byteLength,
					'Cache-Control': 'private, max-age=600',
					'Set-Cookie': 'cdn=1',
				})
				.end(photo),
		);
		const answer = await ask(port, carried(url));
		expect(answer.body.equals(photo)).toBe(true);
		expect(answer.headers).toMatchObject({
			'content-type': 'image/jpeg',
			'content-length': String(photo.byteLength),
			'cache-control': 'private, max-age=600',
			'content-security-policy': expect.stringContaining('sandbox') as string,
		});
		expect(answer.headers).not.toHaveProperty('set-cookie');
		expect((await ask(port, carried(url), { method: 'HEAD' })).headers['content-length']).toBe(
			String(photo.byteLength),
		);
	});

	test('a compressed photo stays compressed', async () => {
		const zipped = gzipSync(photo.subarray(0, 1000));
		const { port, url } = await givenHost((_, response) =>
			response
				.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Length': zipped.byteLength })
				.end(zipped),
		);
		const answer = await ask(port, carried(url));
		expect(answer.headers['content-encoding']).toBe('gzip');
		expect(answer.body.equals(zipped)).toBe(true);
	});

	test('the host gets the signed URL, and neither the key nor anything of the page', async () => {
		let seen: http.IncomingMessage | undefined;
		const { port, url } = await givenHost((request, response) => {
			seen = request;
			response.end();
		});
		await ask(port, carried(url), {
			headers: { Cookie: 'session=1', Referer: `http://localhost:${port}/`, Authorization: 'Bearer x' },
		});
		expect(seen?.url).toBe('/p.jpg?sig=a%2Bb+c&Expires=1');
		expect(Object.keys(seen?.headers ?? {}).sort()).toEqual(['accept', 'connection', 'host', 'user-agent']);
	});

	test.each([403, 404, 410, 429, 503])('its %i reaches the page', async (status) => {
		const { port, url } = await givenHost((_, response) =>
			response.writeHead(status, { 'Retry-After': '2' }).end(),
		);
		expect(await ask(port, carried(url))).toMatchObject({ status, headers: { 'retry-after': '2' } });
	});

	test('a connection that it cuts is cut for the page, too', async () => {
		for (const headers of [{ 'Content-Length': '1000' }, {}]) {
			const { port, url } = await givenHost((_, response) => {
				response.writeHead(200, headers);
				response.write('half', () => response.destroy());
			});
			await expect(ask(port, carried(url))).rejects.toThrow('aborted');
		}
	});

	test('one that hangs up at once is a 502', async () => {
		const { port, url } = await givenHost((request) => request.socket.destroy());
		const answer = await ask(port, carried(url));
		expect([answer.status, codeOf(answer)]).toEqual([502, 'PHOTO_UNREACHABLE']);
	});

	test('when the page gives up, so does the transfer', async () => {
		const gone = deferred();
		const { port, url } = await givenHost((_, response) => {
			response.once('close', () => gone.resolve());
			response.writeHead(200, { 'Content-Length': '1000' }).write('half');
		});
		const page = new AbortController();
		await fetch(`http://localhost:${port}${carried(url)}`, { signal: page.signal });
		page.abort();
		await gone.promise;
	});

	test('when the page gives up before the host has answered, the host is let go', async () => {
		const [arrived, gone] = [deferred(), deferred()];
		const { port, url } = await givenHost((_, response) => {
			response.once('close', () => gone.resolve());
			arrived.resolve();
		});
		const page = new AbortController();
		const asked = fetch(`http://localhost:${port}${carried(url)}`, { signal: page.signal });
		await arrived.promise;
		page.abort();
		await expect(asked).rejects.toThrow('abort');
		await gone.promise;
	});

	test('one connection serves one photo after another', async () => {
		const sockets = new Set<unknown>();
		const { port, url } = await givenHost((request, response) => {
			sockets.add(request.socket);
			response.end(photo);
		});
		for (let count = 0; count < 3; count++) expect((await ask(port, carried(url))).status).toBe(200);
		expect(sockets.size).toBe(1);
	});

	test('its redirects are followed three times, and to named hosts only', async () => {
		const other = await startServer((_, response) => response.end('from elsewhere'));
		const { port, host, url } = await givenHost((request, response) => {
			const left = Number(/^\/left\/(\d+)/.exec(request.url ?? '')?.[1] ?? 0);
			if (request.url === '/out') response.writeHead(302, { Location: `http://127.0.0.1:${other}/` }).end();
			else if (request.url === '/file') response.writeHead(302, { Location: 'file:///etc/passwd' }).end();
			else if (left > 0) response.writeHead(307, { Location: `/left/${left - 1}` }).end();
			else response.end('there');
		});
		const from = (path: string) => ask(port, carried(new URL(path, url).href));
		expect(host).toBeGreaterThan(0);
		expect((await from('/left/3')).text).toBe('there');
		for (const path of ['/left/4', '/out', '/file']) {
			const answer = await from(path);
			expect([answer.status, codeOf(answer)], path).toEqual([400, 'PHOTO_REDIRECT_REFUSED']);
		}
	});
});

test('a host that the API has not named in this run is not asked', async () => {
	const asked: unknown[] = [];
	const host = await startServer((request, response) => {
		asked.push(request.url);
		response.end();
	});
	const { port, roster } = await givenApi([`http://127.0.0.1:${host}/p.jpg`]);
	const before = await ask(port, carried(`http://127.0.0.1:${host}/p.jpg`));
	expect([before.status, codeOf(before)]).toEqual([403, 'PHOTO_HOST_UNKNOWN']);
	expect(asked).toEqual([]);

	await roster();
	expect((await ask(port, carried(`http://127.0.0.1:${host}/p.jpg`))).status).toBe(200);
	// Another name or port of the same machine is another host.
	for (const url of [`http://localhost:${host}/p.jpg`, `http://127.0.0.1:${host + 1}/p.jpg`])
		expect((await ask(port, carried(url))).status, url).toBe(403);
});

const unacceptable = [
	'http://cdn.example/p.jpg',
	'https://user:password@cdn.example/p.jpg',
	'https://10.0.0.1/p.jpg',
	'https://169.254.169.254/latest/meta-data',
	'https://[::ffff:10.0.0.1]/p.jpg',
	'https://[fd00::1]/p.jpg',
	'https://0xa.1/p.jpg',
	'ftp://cdn.example/p.jpg',
	'file:///etc/passwd',
	'javascript:alert(1)',
	'data:image/png;base64,AA',
	'//cdn.example/p.jpg',
	'/p.jpg',
	'',
];

test('a photo URL that may not be fetched stays as it is, and is refused when asked for', async () => {
	const { port, roster } = await givenApi(unacceptable);
	expect(await roster()).toEqual(unacceptable);
	for (const url of unacceptable) {
		const answer = await ask(port, carried(url));
		expect([answer.status, codeOf(answer)], url).toEqual([400, 'PHOTO_URL_REFUSED']);
	}
	expect((await ask(port, '/api/v2/photo')).status).toBe(400);
});

describe('given a photo host whose name resolves to somewhere private', () => {
	/** The gateway's answer for https://cdn.example/p.jpg when DNS says `addresses`. */
	async function photoAt(addresses: LookupAddress[], photoUrl = 'https://cdn.example/p.jpg') {
		const upstream = await startServer((_, response) =>
			response.end(JSON.stringify({ urls: { main: photoUrl } })),
		);
		const { port } = await startGateway({
			key,
			upstream: `http://127.0.0.1:${upstream}/api/v2`,
			resolve: async () => addresses,
		});
		await ask(port, '/api/v2/organization');
		return ask(port, carried(photoUrl));
	}

	test.each([
		[[{ address: '127.0.0.1', family: 4 }]],
		[[{ address: '::1', family: 6 }]],
		[[{ address: '169.254.169.254', family: 4 }]],
		[[{ address: '::ffff:192.168.0.1', family: 6 }]],
		[
			[
				{ address: '1.1.1.1', family: 4 },
				{ address: '10.0.0.1', family: 4 },
			],
		],
		[[]],
	])('%j is refused before any connection', async (addresses) => {
		const answer = await photoAt(addresses);
		expect([answer.status, codeOf(answer)]).toEqual([400, 'PHOTO_ADDRESS_REFUSED']);
	});

	test('localhost that isn’t this machine is refused as well', async () => {
		const answer = await photoAt([{ address: '10.0.0.1', family: 4 }], 'http://localhost:8080/p.jpg');
		expect(codeOf(answer)).toBe('PHOTO_ADDRESS_REFUSED');
	});
});

test('a name that resolves differently a moment later gains nothing: the checked address is the one used', async () => {
	const port = await startServer((_, response) => response.end('the checked host'));
	const answers = ['127.0.0.1', '127.0.0.2', '127.0.0.1'];
	let asked = 0;
	const lookup = checkedLookup(
		async () => [{ address: answers[asked++] ?? '', family: 4 }],
		(_, address) => address === '127.0.0.1',
	);
	const get = () =>
		new Promise<string>((resolve, reject) => {
			http
				.get({ host: 'cdn.example', port, lookup, agent: false }, (response) => {
					response.setEncoding('utf8').once('data', resolve);
				})
				.once('error', reject);
		});
	expect(await get()).toBe('the checked host');
	expect(asked).toBe(1);
	await expect(get()).rejects.toThrow('outside of the public internet');
	expect(await get()).toBe('the checked host');
	expect(asked).toBe(3);
});

test('with the API on the internet, nothing on this machine is a photo host', async () => {
	const { port } = await startGateway({ key, upstream: 'https://api.example/api/v2' });
	for (const url of ['http://127.0.0.1:8080/p.jpg', 'https://localhost/p.jpg', 'https://[::1]/p.jpg'])
		expect((await ask(port, carried(url))).status, url).toBe(400);
});
