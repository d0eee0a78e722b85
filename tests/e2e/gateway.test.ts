import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGateway } from '../../src/gateway/gateway.ts';
import { servePage, type ApiHandler } from '../../src/gateway/page-server.ts';
import { startStandIn } from '../backend/stand-in.ts';
import { AdminPage } from './support/admin-page.ts';
import { projectDir } from './support/build.ts';
import { kept, untilKept } from './support/deployment.ts';
import { expect, test } from './support/fixtures.ts';
import { keptTexts } from './support/kept-texts.ts';

test.use({ serviceWorkers: 'allow' });

const key = 'hp_live_5ecr3t-key-that-nobody-else-may-see';

test('with an API key the page works on the upstream, and the key reaches nothing that the page receives', async ({
	page,
	complaints,
}) => {
	const upstream = await startStandIn({
		members: 5,
		plain: true,
		headshotBytes: 60_000,
		auth: { kind: 'key', key },
		photoCors: false,
	});
	const server = createServer((request, response) => {
		void upstream.api(request, response).then((taken) => taken || response.writeHead(404).end());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const gateway = createGateway({ key, upstream: `http://127.0.0.1:${port}/api/v2` });
	const pages = await servePage({
		buildDir: `${projectDir}build`,
		port: 0,
		config: { source: { kind: 'gateway', label: `127.0.0.1:${port}` } },
		api: gateway.api,
	});

	const received: string[] = [];
	const asked: string[] = [];
	page.on('response', async (response) => {
		asked.push(new URL(response.url()).origin);
		received.push(JSON.stringify(await response.allHeaders()));
		received.push((await response.body().catch(() => Buffer.alloc(0))).toString('latin1'));
	});

	const admin = new AdminPage(page, `${pages.origin}/app/admin/headshots`);
	await admin.open();
	await expect(page.getByText(`Live data · 127.0.0.1:${port}`)).toBeVisible();
	await admin.expectCards(5);
	const archive = await admin.downloadFavorites();
	await admin.expectOutcome('5 of 5 members saved');
	for (const path of archive.paths.filter((one) => one.endsWith('headshot.jpg'))) {
		const bytes = await archive.bytes(path);
		const served = await Promise.all(
			upstream.company.shoots.map((shoot) => upstream.bytesOf(shoot.id, 'headshot')),
		);
		expect(
			served.some((one) => one.equals(bytes)),
			path,
		).toBe(true);
	}

	// The page asked nobody but its own server, and the photo host saw no credential.
	expect([...new Set(asked)]).toEqual([pages.origin]);
	expect(complaints).toEqual([]);
	for (const { host, headers } of upstream.log) {
		if (host === 'photo') expect(JSON.stringify(headers)).not.toContain(key);
		expect(headers.cookie).toBeUndefined();
	}

	await untilKept(page);
	const texts = await keptTexts(page);
	// What is looked through is there: a member, and the page itself.
	const { email } = upstream.company.members[0]!;
	expect(texts.some((text) => text.includes(email!))).toBe(true);
	expect(texts.some((text) => text.includes('headshot-admin-config'))).toBe(true);
	expect(received.length).toBeGreaterThan(20);
	for (const text of [...received, ...texts, await page.content()]) expect(text.includes(key)).toBe(false);

	await pages.close();
	await gateway.close();
	await upstream.close();
	server.closeAllConnections();
	server.close();
});

test('given made-up members that were seen, when a key is used on the same address without a network, then nobody is shown as live', async ({
	page,
}) => {
	const limits = { probeMs: 50, backoffMs: 20, backoffCapMs: 100 };
	const serve = (port: number, kind: 'stand-in' | 'gateway', api: ApiHandler) =>
		servePage({
			buildDir: `${projectDir}build`,
			port,
			config: { source: { kind, label: kind === 'gateway' ? 'server.example' : '' }, limits },
			api,
		});
	const standIn = await startStandIn({
		members: 5,
		plain: true,
		auth: { kind: 'open' },
		headshotBytes: 20_000,
	});
	let pages = await serve(0, 'stand-in', (request, response) => standIn.api(request, response));
	const { port } = pages;
	const admin = new AdminPage(page, `${pages.origin}/app/admin/headshots`);
	await admin.open();
	await admin.expectCards(5);
	await expect.poll(() => kept(page)).toMatchObject({ members: true });

	let asked = 0;
	const unreachable: ApiHandler = async (_, response) => {
		asked++;
		response.writeHead(502).end();
		return true;
	};
	await pages.close();
	pages = await serve(port, 'gateway', unreachable);
	await admin.open();
	await expect(page.getByText('Live data · server.example')).toBeVisible();
	await expect(page.getByText('Waiting for the network')).toBeVisible();
	// What is kept comes with the first probe; this is the time of many.
	const before = asked;
	await expect.poll(() => asked - before).toBeGreaterThan(30);
	await expect(page.getByText('Waiting for the network')).toBeVisible();
	await expect(admin.cards).toHaveCount(0);

	// They were there, for the page that they belong to.
	await pages.close();
	pages = await serve(port, 'stand-in', unreachable);
	await admin.open();
	await expect(page.getByText('Stand-in data')).toBeVisible();
	await admin.expectCards(5);

	await pages.close();
	await standIn.close();
});
