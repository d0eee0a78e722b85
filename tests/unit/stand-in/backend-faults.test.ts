import { afterEach, beforeAll, afterAll, expect, it, vi } from 'vitest';
import { mount } from '../../backend/mount.ts';
import type { Mounted } from '../../backend/mount.ts';
import { startStandIn } from '../../backend/stand-in.ts';
import type { Fault, StandIn } from '../../backend/stand-in.ts';

interface Favorite {
	photo: { urls: { main: string } };
}

let standIn: StandIn;
let page: Mounted;
let shootId: string;
let whole: Buffer;

/** ms: without a cache the pictures are drawn first. */
const firstRender = 30_000;

beforeAll(async () => {
	standIn = await startStandIn({ members: 2, plain: true, headshotBytes: 200_000 });
	page = await mount(standIn);
	shootId = standIn.company.shoots[0]?.id ?? '';
	whole = await standIn.bytesOf(shootId, 'headshot');
}, firstRender);

afterEach(() => {
	standIn.faults.clear();
	standIn.log.length = 0;
});

afterAll(async () => {
	await page.close();
	await standIn.close();
});

async function freshUrl(): Promise<string> {
	return (await page.get<Favorite>(`/models/${shootId}/photos/favorite`)).photo.urls.main;
}

/** Fetches the headshot while the fault is on. */
async function under(fault: Fault, init?: RequestInit): Promise<Response> {
	standIn.faults.add({ ...fault, shootId });
	return fetch(await freshUrl(), init);
}

async function body(answer: Response): Promise<Buffer> {
	return Buffer.from(await answer.arrayBuffer());
}

it.each(['cut-length', 'cut-chunked'] as const)('%s: the body rejects', async (kind) => {
	const answer = await under({ kind });
	expect(answer.status).toBe(200);
	expect(answer.headers.has('content-length')).toBe(kind === 'cut-length');
	await expect(answer.arrayBuffer()).rejects.toThrow();
	expect(standIn.log.at(-1)?.aborted).toBe(false);
});

it('cut-close: the body resolves short', async () => {
	const answer = await under({ kind: 'cut-close' });
	expect(answer.headers.get('content-length')).toBeNull();
	const got = await body(answer);
	expect(got.equals(whole.subarray(0, Math.ceil(whole.length / 2)))).toBe(true);
});

it('gzip: whole, under another length', async () => {
	const answer = await under({ kind: 'gzip' });
	expect(answer.headers.get('content-length')).not.toBe(String(whole.length));
	expect((await body(answer)).equals(whole)).toBe(true);
});

it('empty and no-content: nothing', async () => {
	const empty = await under({ kind: 'empty', tries: 1 });
	expect([empty.status, (await body(empty)).length]).toEqual([200, 0]);
	const none = await under({ kind: 'no-content' });
	expect([none.status, (await body(none)).length]).toEqual([204, 0]);
});

it('html: a page that may claim to be a picture', async () => {
	const answer = await under({ kind: 'html', contentType: 'image/jpeg' });
	expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
	expect(await answer.text()).toContain('<form');
});

it('status: with Retry-After in seconds, as a date, or a reset time', async () => {
	const soon = new Date(Date.now() + 2000);
	const seconds = await under({ kind: 'status', status: 503, retryAfter: 2, tries: 1 });
	expect([seconds.status, seconds.headers.get('retry-after')]).toEqual([503, '2']);
	const date = await under({ kind: 'status', status: 429, retryAfter: soon, tries: 1 });
	expect([date.status, date.headers.get('retry-after')]).toEqual([429, soon.toUTCString()]);
	const reset = await under({ kind: 'status', status: 429, resetAt: soon });
	expect(reset.headers.get('x-ratelimit-reset')).toBe(soon.toISOString());
});

it('status: for the API, in its envelope, as often as asked', async () => {
	standIn.faults.add({ kind: 'status', status: 500, api: /\/teams$/, tries: 2 });
	const answers = [await page.call('/teams'), await page.call('/teams'), await page.call('/teams')];
	expect(answers.map((answer) => answer.status)).toEqual([500, 500, 200]);
	expect(await answers[0]?.json()).toMatchObject({ success: false });
});

it('stall: half a body, or not even headers, until the client gives up', async () => {
	const { signal, abort } = aborter();
	const answer = await under({ kind: 'stall', tries: 1 }, { signal });
	expect(answer.status).toBe(200);
	expect(standIn.inFlight()).toBe(1);
	abort();
	await expect(answer.arrayBuffer()).rejects.toThrow();
	await vi.waitUntil(() => standIn.inFlight() === 0);
	expect(standIn.log.at(-1)).toMatchObject({ status: 200, aborted: true });

	const second = aborter();
	const never = under({ kind: 'stall', before: true }, { signal: second.signal });
	never.catch(() => undefined);
	await vi.waitUntil(() => standIn.inFlight() === 1);
	second.abort();
	await expect(never).rejects.toThrow();
	await vi.waitUntil(() => standIn.inFlight() === 0);
	expect(standIn.log.at(-1)).toMatchObject({ status: 0, aborted: true });
});

it('hold: nothing before it is let go, then whole', async () => {
	let letGo = () => {};
	let answered = false;
	const answer = under({ kind: 'hold', until: new Promise<void>((resolve) => (letGo = resolve)) });
	void answer.then(() => (answered = true));
	await vi.waitUntil(() => standIn.inFlight() === 1);
	expect((await fetch(`${standIn.photoOrigin}/elsewhere`)).status).toBe(403);
	expect(answered).toBe(false);
	letGo();
	expect((await body(await answer)).equals(whole)).toBe(true);
});

it('slow: at the pace that was asked for', async () => {
	const began = performance.now();
	expect((await body(await under({ kind: 'slow', bytesPerSecond: 1_000_000 }))).equals(whole)).toBe(true);
	expect(performance.now() - began).toBeGreaterThan(150);
});

it('reset: no answer at all', async () => {
	await expect(under({ kind: 'reset' })).rejects.toThrow();
	expect(standIn.log.at(-1)).toMatchObject({ status: 0, aborted: false });
});

it('redirect: to the same photo elsewhere, or to anywhere', async () => {
	const followed = await under({ kind: 'redirect', tries: 1 });
	expect([followed.redirected, followed.status]).toEqual([true, 200]);
	expect((await body(followed)).equals(whole)).toBe(true);
	const away = await under({ kind: 'redirect', to: 'http://example.com/x.jpg' }, { redirect: 'manual' });
	expect(away.headers.get('location')).toBe('http://example.com/x.jpg');
});

it('no-cors: whole, but for no page', async () => {
	const answer = await under({ kind: 'no-cors' });
	expect(answer.headers.get('access-control-allow-origin')).toBeNull();
	expect((await body(answer)).equals(whole)).toBe(true);
});

it('expired: refuses every URL handed out so far; a fresh one works', async () => {
	const old = await freshUrl();
	expect((await under({ kind: 'expired' })).status).toBe(403);
	expect((await fetch(old)).status).toBe(403);
	expect((await fetch(await freshUrl())).status).toBe(200);
	standIn.faults.clear();
	const twice = await under({ kind: 'expired', tries: 2 });
	const again = await fetch(await freshUrl());
	const last = await fetch(await freshUrl());
	expect([twice.status, again.status, last.status]).toEqual([403, 403, 200]);
});

it('svg: a drawing that says it is a JPEG', async () => {
	const answer = await under({ kind: 'svg' });
	expect(answer.headers.get('content-type')).toBe('image/jpeg');
	expect(await answer.text()).toMatch(/^<svg/);
});

it('wrong-url: for one file of one member', async () => {
	const email = standIn.company.shoots[1]?.email ?? '';
	standIn.faults.add({ kind: 'wrong-url', url: 'javascript:alert(1)', email, file: 'headshot' });
	const { photos } = await page.get<{ photos: Favorite['photo'][] }>('/photos/favorites');
	expect(photos.map(({ urls }) => new URL(urls.main).protocol)).toEqual(['http:', 'javascript:']);
});

it('replace-json and raw: whatever the API should say', async () => {
	standIn.faults.add({
		kind: 'replace-json',
		api: /\/team$/,
		edit: (answer: { members: { name: string }[] }) => {
			for (const member of answer.members) member.name = '=cmd()';
		},
	});
	standIn.faults.add({ kind: 'raw', api: /\/teams$/, body: '<html>', contentType: 'text/html' });
	const { members } = await page.get<{ members: { name: string }[] }>('/team');
	expect(members.map((member) => member.name)).toEqual(['=cmd()', '=cmd()']);
	const raw = await page.call('/teams');
	expect([raw.headers.get('content-type'), await raw.text()]).toEqual(['text/html', '<html>']);
});

it('hits its own file of its own member, as often as asked', async () => {
	const fault: Fault = { kind: 'status', status: 404, shootId, file: 'pfp', tries: 2, each: true };
	standIn.faults.add(fault);
	const { photos } = await page.get<{
		photos: { modelId: string; urls: { main: string }; profilePicture: { url: string } }[];
	}>('/photos/favorites');
	const statuses: number[] = [];
	for (const photo of photos) {
		for (const url of [photo.urls.main, photo.profilePicture.url]) statuses.push((await fetch(url)).status);
	}
	expect(statuses).toEqual([200, 404, 200, 200]);
	expect(standIn.faults.hits(fault)).toBe(1);
});

function aborter(): { signal: AbortSignal; abort: () => void } {
	const controller = new AbortController();
	return { signal: controller.signal, abort: () => controller.abort() };
}
