import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { stamp } from '../../backend/image-bytes.ts';
import { mount } from '../../backend/mount.ts';
import type { Mounted } from '../../backend/mount.ts';
import { orientationOf, portrait } from '../../backend/pictures.ts';
import { startStandIn } from '../../backend/stand-in.ts';
import type { StandIn } from '../../backend/stand-in.ts';

interface Item {
	modelId: string;
	urls: { main: string; thumbnail: string; original: string };
	expiresAt: string;
	profilePicture: { url: string; expiresAt: string } | null;
}

// Without a cache the pictures are drawn first.
vi.setConfig({ testTimeout: 30_000 });

let standIn: StandIn;
let page: Mounted;
let favorites: Item[];

beforeAll(async () => {
	standIn = await startStandIn({ members: 6, plain: true, headshotBytes: 300_000, urlLifetimeMs: 60_000 });
	page = await mount(standIn);
	favorites = (await page.get<{ photos: Item[] }>('/photos/favorites?include=all')).photos;
});

afterAll(async () => {
	await page.close();
	await standIn.close();
});

function first(): Item {
	const [item] = favorites;
	if (!item) throw new Error('no favorite');
	return item;
}

async function fetched(url: string): Promise<Buffer> {
	const answer = await fetch(url);
	expect(answer.status).toBe(200);
	return Buffer.from(await answer.arrayBuffer());
}

it('serves real pictures, each with bytes of its own', async () => {
	const bodies = await Promise.all(favorites.map(({ urls }) => fetched(urls.main)));
	for (const body of bodies) {
		expect(body.length).toBeGreaterThan(295_000);
		expect(body.length).toBeLessThan(305_000);
		const { data, info } = await sharp(body, { failOn: 'warning' })
			.autoOrient()
			.toBuffer({ resolveWithObject: true });
		expect(data.length).toBeGreaterThan(10_000);
		expect([info.width, info.height]).toEqual([960, 1200]);
		expect(body.subarray(-2).toString('hex')).toBe('ffd9');
	}
	expect(new Set(bodies.map((body) => createHash('sha256').update(body).digest('hex'))).size).toBe(
		bodies.length,
	);
	const [body] = bodies;
	expect(body?.equals(await standIn.bytesOf(first().modelId, 'headshot'))).toBe(true);
	expect(body?.equals(await fetched(first().urls.main))).toBe(true);
});

it('serves square profile pictures as JPEG, PNG and WebP, and thumbnails', async () => {
	for (const format of ['jpeg', 'png', 'webp'] as const) {
		const shoot = standIn.company.shoot(first().modelId);
		if (!shoot) throw new Error('no shoot');
		shoot.profilePicture = { size: 256, format };
		const answer = await page.get<{ profilePicture: { url: string; width: number } }>(
			`/models/${shoot.id}/profile-picture`,
		);
		const body = await fetched(answer.profilePicture.url);
		expect(body.equals(await standIn.bytesOf(shoot.id, 'pfp'))).toBe(true);
		const about = await sharp(body, { failOn: 'warning' }).metadata();
		expect([about.format, about.width, about.height]).toEqual([format, 256, 256]);
		const { channels } = await sharp(body).stats();
		expect(channels[3]?.min ?? 255).toBe(format === 'jpeg' ? 255 : 0);
	}
	const thumbnail = await sharp(await fetched(first().urls.thumbnail)).metadata();
	expect([thumbnail.width, thumbnail.height]).toEqual([320, 400]);
});

it.each([3, 6, 8])('stores some headshots turned, upright under EXIF orientation %i', async (orientation) => {
	const face = Array.from({ length: 24 }, (_, n) => n).find((n) => orientationOf(n) === orientation) ?? 0;
	const body = stamp(await portrait(face, 0, 'small'), 'jpeg', 'some id', 500_000);
	expect((await sharp(body).metadata()).orientation).toBe(orientation);
	const turned = sharp(await sharp(body).autoOrient().toBuffer())
		.resize(32, 40)
		.greyscale()
		.raw();
	const upright = await sharp(await portrait(face, 0, 'thumbnail'))
		.resize(32, 40)
		.greyscale()
		.raw()
		.toBuffer();
	const off = (await turned.toBuffer()).map((level, at) => Math.abs(level - (upright[at] ?? 0)));
	expect(off.reduce((sum, by) => sum + by, 0) / off.length).toBeLessThan(4);
});

it('refuses forged and expired URLs', async () => {
	const url = new URL(first().urls.main);
	expect(Date.parse(first().expiresAt)).toBe(Number(url.searchParams.get('expires')));
	url.searchParams.set('expires', String(Date.now() + 1e9));
	expect((await fetch(url)).status).toBe(403);
	const brief = await startStandIn({ members: 1, plain: true, urlLifetimeMs: 40 });
	const briefPage = await mount(brief);
	const [item] = (await briefPage.get<{ photos: Item[] }>('/photos/favorites')).photos;
	await vi.waitUntil(() => Date.now() > Date.parse(item?.expiresAt ?? ''));
	const answer = await fetch(item?.urls.main ?? '');
	expect([answer.status, await answer.text()]).toEqual([403, 'Request has expired']);
	await briefPage.close();
	await brief.close();
});

it('speaks honest HTTP to any origin', async () => {
	const { main } = first().urls;
	const answer = await fetch(main, { method: 'HEAD', headers: { origin: 'https://somewhere.example' } });
	expect(Object.fromEntries(answer.headers)).toMatchObject({
		'content-type': 'image/jpeg',
		'content-length': String((await standIn.bytesOf(first().modelId, 'headshot')).length),
		'access-control-allow-origin': '*',
		'timing-allow-origin': '*',
		'cache-control': expect.stringMatching(/^private, max-age=\d+$/) as string,
	});
	expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
	expect((await fetch(main, { method: 'OPTIONS' })).status).toBe(204);
	expect((await fetch(main, { method: 'POST' })).status).toBe(405);
});

it('refuses connections while it is paused, and comes back on the same port', async () => {
	await standIn.pause('photos');
	await expect(fetch(first().urls.main)).rejects.toThrow();
	await standIn.resume('photos');
	await fetched(first().urls.main);
});

it('writes down what it was asked', async () => {
	standIn.log.length = 0;
	const body = await fetched(first().urls.main);
	const [entry] = standIn.log;
	expect(entry).toMatchObject({
		host: 'photo',
		method: 'GET',
		status: 200,
		shootId: first().modelId,
		file: 'headshot',
		aborted: false,
		bytes: body.length,
	});
	await vi.waitFor(() => expect(entry?.finishedAt).toBeGreaterThanOrEqual(entry?.at ?? Infinity));
	expect(standIn.inFlight()).toBe(0);
});
