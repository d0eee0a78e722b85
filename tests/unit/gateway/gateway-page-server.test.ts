import { mkdir, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { servePage } from '../../../src/gateway/page-server.ts';
import { ask, indexHtml, makeBuild, startPage } from './gateway-helpers.ts';

describe('given a built page', () => {
	test('files have their types, and only those named by their content are kept for ever', async () => {
		const buildDir = await makeBuild({
			'_app/immutable/start.abc.js': 'export {}',
			'_app/version.json': '{}',
			'service-worker.js': '',
			'favicon.svg': '<svg/>',
		});
		const { port } = await startPage({ buildDir });
		const script = await ask(port, '/app/admin/_app/immutable/start.abc.js');
		expect(script.text).toBe('export {}');
		expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
		expect(script.headers['cache-control']).toContain('immutable');
		for (const name of ['_app/version.json', 'service-worker.js', 'favicon.svg', 'headshots'])
			expect((await ask(port, `/app/admin/${name}`)).headers['cache-control'], name).toBe('no-cache');
		expect((await ask(port, '/app/admin/favicon.svg')).headers['content-type']).toBe('image/svg+xml');
	});

	test('every page of the app is the same HTML; what looks like a missing file is none', async () => {
		const { port } = await startPage();
		for (const path of ['headshots', 'members/7f3a?tab=headshots', 'index.html', 'members/a.b'])
			expect(await ask(port, `/app/admin/${path}`, { headers: { Accept: 'text/html' } })).toMatchObject({
				status: 200,
				text: indexHtml,
			});
		for (const path of [
			'/app/admin/_app/immutable/gone.js',
			'/app/admin/gone.png',
			'/elsewhere',
			'/app/administer',
		])
			expect((await ask(port, path)).status, path).toBe(404);
	});

	test('the bare address leads to the headshots', async () => {
		const { port } = await startPage();
		for (const path of ['/', '/app/admin', '/app/admin/'])
			expect(await ask(port, path)).toMatchObject({
				status: 302,
				headers: { location: '/app/admin/headshots' },
			});
	});

	test('HEAD answers as GET does, without the body; other methods are refused', async () => {
		const { port } = await startPage({ buildDir: await makeBuild({ 'robots.txt': 'none' }) });
		for (const path of ['/app/admin/robots.txt', '/app/admin/headshots']) {
			const [head, get] = [await ask(port, path, { method: 'HEAD' }), await ask(port, path)];
			expect(head.text).toBe('');
			expect(head.headers['content-length']).toBe(get.headers['content-length']);
			expect((await ask(port, path, { method: 'POST' })).status).toBe(405);
		}
	});

	test('nothing outside of the build can be reached', async () => {
		const buildDir = await makeBuild({
			'site/index.html': indexHtml,
			'site/.env': 'HIDDEN',
			'secret.txt': 'HIDDEN',
		});
		const { port } = await startPage({ buildDir: join(buildDir, 'site') });
		for (const path of [
			'/app/admin/../../secret.txt',
			'/app/admin/../secret.txt',
			'/app/admin/%2e%2e/secret.txt',
			'/app/admin/..%2fsecret.txt',
			'/app/admin/..%5csecret.txt',
			'/app/admin/..\\secret.txt',
			'/app/admin//../secret.txt',
			`/app/admin/${join(buildDir, 'secret.txt')}`,
			'/app/admin/secret.txt%00.html',
			'/app/admin/.env',
			'/app/admin/%ff',
			'//app/admin/../../secret.txt',
			'http://localhost/app/admin/headshots',
		]) {
			const answer = await ask(port, path);
			expect(answer.status, path).toBeGreaterThanOrEqual(400);
			expect(answer.text, path).not.toContain('HIDDEN');
		}
	});

	test('what another build does to the folder meanwhile changes nothing', async () => {
		const names = { '_app/immutable/start.abc.js': 'first', 'favicon.svg': '<svg/>', 'embed/a.js': 'own' };
		const buildDir = await makeBuild(names);
		const { port } = await startPage({ buildDir });
		await rm(buildDir, { recursive: true });
		await mkdir(buildDir);
		await writeFile(join(buildDir, 'favicon.svg'), '<svg viewBox="0 0 1 1"/>');
		await writeFile(join(buildDir, 'new.txt'), 'of the next build');
		for (const [name, content] of Object.entries(names))
			expect(await ask(port, `/app/admin/${name}`), name).toMatchObject({ status: 200, text: content });
		expect((await ask(port, '/app/admin/headshots')).text).toBe(indexHtml);
		expect((await ask(port, '/app/admin/new.txt')).status).toBe(404);
	});

	test('every answer tells browsers to guess no type, send no referrer and allow no frame', async () => {
		const { port } = await startPage();
		for (const path of ['/', '/app/admin/headshots', '/app/admin/gone.js', '/api/v2/gone'])
			expect((await ask(port, path)).headers, path).toMatchObject({
				'x-content-type-options': 'nosniff',
				'referrer-policy': 'no-referrer',
				'x-frame-options': 'DENY',
				'content-security-policy': expect.stringContaining("frame-ancestors 'none'") as string,
			});
	});

	test('page headers go with the HTML only', async () => {
		const { port } = await startPage({
			buildDir: await makeBuild({ 'robots.txt': '' }),
			pageHeaders: () => ({ 'Set-Cookie': 'session=1' }),
		});
		expect((await ask(port, '/app/admin/headshots')).headers['set-cookie']).toEqual(['session=1']);
		expect((await ask(port, '/app/admin/robots.txt')).headers['set-cookie']).toBeUndefined();
	});
});

describe('the configuration in the page', () => {
	test('survives quotes, markup and replacement patterns, and can’t leave its attribute', async () => {
		const config = { label: `"'><script>alert(1)</script>&quot;$&$1`, apiBase: '/api/v2' };
		const { port } = await startPage({ config });
		const html = (await ask(port, '/app/admin/headshots')).text;
		expect(html).not.toContain('<script');
		const content = /<meta name="headshot-admin-config" content="([^"]*)" \/>/.exec(html)?.[1] ?? '';
		const decoded = content
			.replaceAll('&quot;', '"')
			.replaceAll('&#39;', "'")
			.replaceAll('&lt;', '<')
			.replaceAll('&gt;', '>')
			.replaceAll('&amp;', '&');
		expect(JSON.parse(decoded)).toEqual(config);
	});

	test('a page without the placeholder, or no page at all, is an error at once', async () => {
		const serve = (buildDir: string) => servePage({ buildDir, port: 0, config: {}, api: async () => false });
		const buildDir = await makeBuild({ 'index.html': '<!doctype html>' });
		await expect(serve(buildDir)).rejects.toThrow('headshot-admin-config');
		await expect(serve(join(buildDir, 'gone'))).rejects.toThrow('no built page');
	});
});

describe('who may use the server', () => {
	test('a foreign Host is refused: DNS rebinding', async () => {
		const { port } = await startPage({ api: reveal });
		for (const host of [
			'evil.example',
			`evil.example:${port}`,
			'localhost',
			`localhost:${port + 1}`,
			`localhost.:${port}`,
		])
			for (const path of ['/app/admin/headshots', '/api/v2/organization', '/'])
				expect((await ask(port, path, { headers: { Host: host } })).status, host + path).toBe(421);
		for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, `LOCALHOST:${port}`])
			expect((await ask(port, '/api/v2/organization', { headers: { Host: host } })).text, host).toBe(
				'revealed',
			);
	});

	test('a foreign Origin is refused, on every path and method', async () => {
		const { port } = await startPage({ api: reveal });
		for (const Origin of [
			'https://evil.example',
			'null',
			`https://localhost:${port}`,
			`http://localhost:${port + 1}`,
			'',
		])
			for (const path of ['/app/admin/headshots', '/api/v2/organization'])
				for (const method of ['GET', 'POST', 'OPTIONS'])
					expect((await ask(port, path, { method, headers: { Origin } })).status, Origin + path).toBe(403);
		const own = { Origin: `http://127.0.0.1:${port}` };
		expect((await ask(port, '/api/v2/organization', { headers: own })).text).toBe('revealed');
	});

	test('the API is closed to other sites that send no Origin', async () => {
		const { port } = await startPage({ api: reveal });
		const from = (site: string) => ask(port, '/api/v2/photo', { headers: { 'Sec-Fetch-Site': site } });
		expect((await from('cross-site')).status).toBe(403);
		expect((await from('same-site')).status).toBe(403);
		expect((await from('same-origin')).text).toBe('revealed');
		expect((await from('none')).text).toBe('revealed');
	});

	test('an unknown resource is an envelope', async () => {
		const { port } = await startPage();
		const unknown = await ask(port, '/api/v2/gone');
		expect(unknown.status).toBe(404);
		expect(JSON.parse(unknown.text)).toMatchObject({ success: false, code: 'NOT_FOUND' });
	});
});

describe('the port', () => {
	test('a busy one is passed over, on either loopback address', async () => {
		const first = await startPage();
		const second = await startPage({ port: first.port });
		expect(second.port).toBeGreaterThan(first.port);
		expect(second.port).toBeLessThanOrEqual(first.port + 20);

		const six = net.createServer();
		const hasIpv6 = await new Promise((resolve) => {
			six.once('error', () => resolve(false));
			six.listen(0, '::1', () => resolve(true));
		});
		if (!hasIpv6) return;
		onTestFinished(() => void six.close());
		const taken = (six.address() as AddressInfo).port;
		expect((await startPage({ port: taken })).port).toBeGreaterThan(taken);
	});

	// Linux answers on all of 127.0.0.0/8, so that one of them tells a server that listens everywhere also where there is no network.
	const others = Object.values(networkInterfaces())
		.flatMap((addresses) => addresses ?? [])
		.filter(({ family, internal }) => family === 'IPv4' && !internal)
		.map(({ address }) => address);
	const elsewhere = process.platform === 'linux' ? [...others, '127.0.0.2'] : others;

	test.skipIf(elsewhere.length === 0)(
		'it listens on loopback only (needs another address to ask)',
		async () => {
			const { port } = await startPage();
			for (const host of elsewhere)
				await expect(ask(port, '/', { host }), host).rejects.toThrow('ECONNREFUSED');
			// Something that listens everywhere does answer there.
			const everywhere = net.createServer((socket) => socket.end('HTTP/1.1 204 No Content\r\n\r\n'));
			await new Promise<void>((resolve) => everywhere.listen(0, '0.0.0.0', resolve));
			onTestFinished(() => void everywhere.close());
			const { port: open } = everywhere.address() as AddressInfo;
			for (const host of elsewhere) expect((await ask(open, '/', { host })).status, host).toBe(204);
		},
	);

	test('it closes even with a connection open', async () => {
		const server = await servePage({
			buildDir: await makeBuild(),
			port: 0,
			config: {},
			api: () => new Promise(() => {}),
		});
		const pending = new Promise((resolve) => {
			http.get({ host: '127.0.0.1', port: server.port, path: '/api/v2/organization' }).once('error', resolve);
		});
		expect((await fetch(`${server.origin}/app/admin/headshots`)).status).toBe(200);
		await server.close();
		await pending;
		await expect(ask(server.port, '/')).rejects.toThrow('ECONNREFUSED');
	});
});

const reveal = async (_: http.IncomingMessage, response: http.ServerResponse) => {
	response.end('revealed');
	return true;
};

test('a worker gets the policy that the page brings in its HTML: it would have none otherwise', async () => {
	const policy = "default-src 'none'; connect-src 'self'";
	const worker = '_app/immutable/workers/download.worker-x.js';
	const buildDir = await makeBuild({
		'index.html': `${indexHtml}<meta http-equiv="content-security-policy" content="${policy}">`,
		[worker]: '',
		'_app/immutable/entry.js': '',
	});
	const { port } = await startPage({ buildDir });
	const policyOf = async (name: string) =>
		(await ask(port, `/app/admin/${name}`)).headers['content-security-policy'];
	expect(await policyOf(worker)).toBe(`${policy}; frame-ancestors 'none'`);
	expect(await policyOf('_app/immutable/entry.js')).toBe("frame-ancestors 'none'");
});
