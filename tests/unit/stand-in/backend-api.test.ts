import { afterEach, describe, expect, it } from 'vitest';
import { mount } from '../../backend/mount.ts';
import type { Mounted } from '../../backend/mount.ts';
import { startStandIn } from '../../backend/stand-in.ts';
import type { StandIn, StandInOptions } from '../../backend/stand-in.ts';

interface Listing {
	success: boolean;
	code?: string;
	members: {
		id: string;
		email: string | null;
		name: string | null;
		status: string;
		modelId: string | null;
	}[];
	models: { id: string; status: string; teamId: string; isDevelopment: boolean }[];
	invites: { status: string }[];
	photos: { id: string; modelId: string; likedStatus: string; urls: Record<string, string> }[];
	pagination: { total: number; limit: number; offset: number; hasMore: boolean };
}

const open: { close(): Promise<void> }[] = [];

async function backend(options: StandInOptions = {}): Promise<{ standIn: StandIn; page: Mounted }> {
	const standIn = await startStandIn(options);
	const page = await mount(standIn);
	open.push(page, standIn);
	return { standIn, page };
}

afterEach(async () => {
	for (const one of open.splice(0)) await one.close();
});

describe('lists', () => {
	it('come in pages of 50, of 200 at most', async () => {
		const { page } = await backend({ members: 230 });
		const first = await page.get<Listing>('/team');
		expect(first.success).toBe(true);
		expect(first.members).toHaveLength(50);
		expect(first.pagination).toEqual({ total: 230, limit: 50, offset: 0, hasMore: true });
		const last = await page.get<Listing>('/team?limit=200&offset=200');
		expect(last.members).toHaveLength(30);
		expect(last.pagination.hasMore).toBe(false);
		for (const wrong of ['limit=201', 'limit=0', 'offset=-1', 'limit=x']) {
			const answer = await page.call(`/team?${wrong}`);
			expect([answer.status, ((await answer.json()) as Listing).code]).toEqual([400, 'INVALID_REQUEST']);
		}
	});

	it('hold each case among the first sixty members', async () => {
		const { page, standIn } = await backend();
		const { members } = await page.get<Listing>('/team?limit=200');
		const { photos } = await page.get<Listing>('/photos/favorites?limit=200');
		const { invites } = await page.get<Listing>('/invites');
		const { models } = await page.get<Listing>('/models?limit=200');
		const chosen = new Set(photos.map((photo) => photo.modelId));
		expect(members).toHaveLength(60);
		expect(members.filter((member) => chosen.has(member.modelId ?? ''))).toHaveLength(45);
		expect(photos).toHaveLength(45 + 2 + 1);
		expect(new Set(members.map((member) => member.status))).toEqual(
			new Set(['finished', 'accepted', 'pending']),
		);
		expect(members.filter((member) => member.email === null)).toHaveLength(2);
		expect(members.filter((member) => member.name === null)).toHaveLength(2);
		expect(new Set(invites.map((invite) => invite.status)).size).toBe(7);
		expect(models.filter((model) => model.isDevelopment)).toHaveLength(1);
		expect(models.filter((model) => model.status === 'deleted')).toHaveLength(1);
		expect(new Set(standIn.company.shoots.map((shoot) => shoot.id)).size).toBe(models.length);
	});

	it('are filtered by status, team and liking', async () => {
		const { page, standIn } = await backend();
		const team = standIn.company.organization.teams[1]?.id ?? '';
		const finished = await page.get<Listing>('/team?status=finished');
		expect(new Set(finished.members.map((member) => member.status))).toEqual(new Set(['finished']));
		const models = await page.get<Listing>(`/models?teamId=${team}&status=active`);
		expect(models.pagination.total).toBeGreaterThan(5);
		expect(models.models.every((model) => model.teamId === team && model.status === 'active')).toBe(true);
		const id = models.models[0]?.id ?? '';
		const all = await page.get<Listing>(`/models/${id}/photos`);
		const loved = await page.get<Listing>(`/models/${id}/photos?likedStatus=loved&include=all`);
		expect(all.pagination.total).toBeGreaterThanOrEqual(12);
		expect(loved.pagination.total).toBeLessThan(all.pagination.total);
		expect(Object.keys(all.photos[0]?.urls ?? {})).toEqual(['main']);
		expect(Object.keys(loved.photos[0]?.urls ?? {})).toEqual(['main', 'thumbnail', 'original']);
		expect((await page.call('/team?status=nonsense')).status).toBe(400);
	});

	it('are the same for the same seed, and others for another', async () => {
		const [one, two, three] = await Promise.all([1, 1, 2].map((seed) => startStandIn({ seed })));
		open.push(...[one, two, three].filter((each) => each !== undefined));
		expect(one?.company.members).toEqual(two?.company.members);
		expect(one?.company.shoots).toEqual(two?.company.shoots);
		expect(one?.company.members).not.toEqual(three?.company.members);
	});

	it('have as many favorites as members in a plain company', async () => {
		const { page } = await backend({ members: 45, plain: true });
		expect((await page.get<Listing>('/photos/favorites?limit=200')).photos).toHaveLength(45);
		expect((await page.get<Listing>('/models')).pagination.total).toBe(45);
	});

	it('follow what a test does to the company', async () => {
		const { page, standIn } = await backend({ members: 3, plain: true });
		const [first, second, third] = standIn.company.shoots.map((shoot) => shoot.id);
		standIn.company.choose(first ?? '', 3);
		standIn.company.choose(second ?? '', null);
		standIn.company.retry(third ?? '');
		const { photos } = await page.get<Listing>('/photos/favorites');
		expect(photos.map((photo) => photo.id)).toEqual([standIn.company.photosOf(first ?? '')[3]?.id]);
		expect(await page.get(`/models/${second}/photos/favorite`)).toMatchObject({ success: true, photo: null });
		expect((await page.get<Listing>(`/models/${third}/photos`)).photos).toEqual([]);
		expect((await page.get<Listing>('/team?status=accepted')).pagination.total).toBe(1);
	});
});

describe('sign-in', () => {
	it('by cookie ends with signOut and comes back with signIn', async () => {
		const { page, standIn } = await backend({ members: 1 });
		expect(standIn.pageHeaders()['set-cookie']).toMatch(/; HttpOnly; SameSite=Lax; Path=\/$/);
		expect((await page.call('/teams')).status).toBe(200);
		expect((await fetch(`${page.origin}/api/v2/organization`)).status).toBe(401);
		standIn.signOut();
		const refused = await page.call('/teams');
		expect([refused.status, await refused.json()]).toEqual([
			401,
			{ success: false, error: expect.any(String) as string, code: 'UNAUTHORIZED' },
		]);
		standIn.signIn();
		expect((await page.call('/teams')).status).toBe(200);
	});

	it('by token follows the list of tokens', async () => {
		const tokens = ['old'];
		const { page } = await backend({ members: 1, auth: { kind: 'bearer', tokens } });
		const ask = async (token: string) =>
			(await page.call('/teams', { headers: { authorization: `Bearer ${token}` } })).status;
		expect([await ask('old'), await ask('new')]).toEqual([200, 401]);
		tokens.splice(0, 1, 'new');
		expect([await ask('old'), await ask('new')]).toEqual([401, 200]);
	});

	it('by API key takes that key alone', async () => {
		const { page } = await backend({ members: 1, auth: { kind: 'key', key: 'hp_123' } });
		const ask = async (key: string) =>
			(await page.call('/teams', { headers: { authorization: `Bearer ${key}` } })).status;
		expect([await ask('hp_123'), await ask('hp_124')]).toEqual([200, 401]);
	});
});

describe('limits', () => {
	it('are told in headers and end in RATE_LIMIT_EXCEEDED', async () => {
		const { page } = await backend({ members: 1, rateLimit: { perMinute: 2 } });
		const first = await page.call('/teams');
		expect(first.headers.get('x-ratelimit-limit')).toBe('2');
		expect(first.headers.get('x-ratelimit-remaining')).toBe('1');
		expect(Date.parse(first.headers.get('x-ratelimit-reset') ?? '')).toBeGreaterThan(Date.now());
		await page.call('/teams');
		const third = await page.call('/teams');
		expect([third.status, ((await third.json()) as Listing).code]).toEqual([429, 'RATE_LIMIT_EXCEEDED']);
	});

	it('of access links end in INVITE_LIMIT_EXCEEDED', async () => {
		const { page, standIn } = await backend({ members: 1, plain: true, inviteLimit: 1 });
		const press = async (id: string) => {
			const answer = await page.call(`/team/${id}/access-link`, { method: 'POST', body: '{}' });
			return [answer.status, ((await answer.json()) as Listing).code];
		};
		const id = standIn.company.members[0]?.id ?? '';
		expect(await press('nobody')).toEqual([404, 'NOT_FOUND']);
		expect(await press(id)).toEqual([200, undefined]);
		expect(await press(id)).toEqual([429, 'INVITE_LIMIT_EXCEEDED']);
		expect(standIn.log.filter((entry) => entry.method === 'POST')).toHaveLength(3);
	});
});

it('answers CORS to the origins it knows, with credentials and the rate-limit headers', async () => {
	const origin = 'https://host.example';
	const { page } = await backend({ members: 1, allowedOrigins: [origin] });
	const known = await page.call('/teams', { headers: { origin } });
	expect(known.headers.get('access-control-allow-origin')).toBe(origin);
	expect(known.headers.get('access-control-allow-credentials')).toBe('true');
	expect(known.headers.get('access-control-expose-headers')).toContain('X-RateLimit-Reset');
	const stranger = await page.call('/teams', { headers: { origin: 'https://evil.example' } });
	expect(stranger.headers.get('access-control-allow-origin')).toBeNull();
	const asks = { origin, 'access-control-request-headers': 'authorization' };
	const preflight = await fetch(`${page.origin}/api/v2/organization`, { method: 'OPTIONS', headers: asks });
	expect(preflight.status).toBe(204);
	expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization');
});

it('lacks what it is told to lack', async () => {
	const { page, standIn } = await backend({
		members: 1,
		without: ['profile-picture', 'access-link', 'profilePicture-field'],
	});
	const { photos } = await page.get<Listing>('/photos/favorites');
	expect(photos[0]).not.toHaveProperty('profilePicture');
	const picture = await page.call(`/models/${standIn.company.shoots[0]?.id}/profile-picture`);
	expect([picture.status, ((await picture.json()) as Listing).code]).toEqual([404, 'NOT_FOUND']);
	const older = await backend({ members: 1, without: ['favorites'] });
	expect((await older.page.call('/photos/favorites')).status).toBe(404);
});

it('cuts every call while it is paused', async () => {
	const { page, standIn } = await backend({ members: 1 });
	await standIn.pause('api');
	await expect(page.call('/teams')).rejects.toThrow();
	await standIn.resume('api');
	expect((await page.call('/teams')).status).toBe(200);
});
