import { describe, expect, test } from 'vitest';
import type { RosterData } from '$lib/members/load';
import { pictureKey, type FinishedShoot } from '$lib/members/member';
import { toEvict } from '$lib/offline/job/budget';
import { isStale, MAX_AGE_MS, readRecord, toRecord } from '$lib/offline/snapshot';
import type { SnapshotRecord } from '$lib/storage/schema';

const now = Date.UTC(2026, 10, 25);
const team = { id: 't', name: 'Sales' };
const signed = (path: string) => ({
	url: `https://cdn.example.com/${path}?signature=secret`,
	expiresAt: now,
});

const shoot: FinishedShoot = {
	id: 's',
	memberId: 'm',
	email: 'ada@example.com',
	name: 'Ada',
	title: null,
	team,
	finishedAt: now - 1000,
	favorite: {
		photoId: 'p',
		headshot: signed('headshot.jpg'),
		thumbnail: signed('thumbnail.jpg'),
		profilePicture: { kind: 'rendered', ...signed('pfp.png') },
	},
	isTest: false,
};

const data: RosterData = {
	organization: { uid: 'acme', name: 'Acme' },
	teams: [team],
	shoots: [shoot, { ...shoot, id: 'none', favorite: null }],
	joined: [{ id: 'j', email: null, name: null, title: null, team, joinedAt: null, step: 'uploading' }],
	invited: [{ email: 'ida@example.com', team: null, invitedAt: now }],
	deleted: [{ id: 'd', email: null, name: 'Dan', title: null, team: null }],
	skipped: ['Item 12 has no id.'],
	expected: null,
};

const withShoots = (record: SnapshotRecord, shoots: string[]) => ({
	...record,
	roster: { ...(record.roster as object), shoots },
});

describe('a snapshot', () => {
	const source = 'https://app.example.com/api/v2';
	const { signal } = new AbortController();
	const kept = (members = data) => toRecord(members, source, now, signal);
	const read = (record: unknown) => readRecord(record, now, signal);

	test('holds no signed link', async () => {
		expect(JSON.stringify(await kept())).not.toMatch(/secret|signature|headshot\.jpg|thumbnail\.jpg/);
	});

	test('comes back as it was, with links that have run out', async () => {
		const { data: found, savedAt } = (await read(structuredClone(await kept())))!;
		expect(savedAt).toBe(now);
		expect(found).toMatchObject({
			...data,
			skipped: [],
			shoots: [{ id: 's' }, { id: 'none', favorite: null }],
		});
		const { favorite } = found.shoots[0]!;
		expect(favorite!.headshot.expiresAt).toBe(0);
		// What was handed over before is still known as such.
		expect(pictureKey(favorite!)).toBe(pictureKey(shoot.favorite!));
	});

	test('of thousands comes back whole and in order, and others have their turn meanwhile', async () => {
		const many = Array.from({ length: 5_001 }, (_, n) => n);
		const shoots = many.map((n) => ({ ...shoot, id: `s${n}` }));
		const invited = many.map((n) => ({ email: `${n}@example.com`, team: null, invitedAt: n }));
		let turns = 0;
		const turn = setInterval(() => turns++, 0);
		const found = await read(structuredClone(await kept({ ...data, shoots, invited })));
		clearInterval(turn);
		expect(found!.data.shoots.map(({ id }) => id)).toEqual(shoots.map(({ id }) => id));
		expect(found!.data.invited).toEqual(invited);
		expect(turns).toBeGreaterThan(1);
	});

	test('that nobody waits for any more is neither made nor read to its end', async () => {
		const record = await kept();
		const ended = AbortSignal.abort(new Error('over'));
		await expect(toRecord(data, source, now, ended)).rejects.toThrow('over');
		await expect(readRecord(record, now, ended)).rejects.toThrow('over');
	});

	const invitedNobody = { ...data, invited: [{ email: null }] } as unknown as RosterData;
	test.each([
		['nothing', async () => undefined],
		['another version', async () => ({ ...(await kept()), version: 3 })],
		['an older version', async () => ({ ...(await kept()), version: 1 })],
		['of no known form', async () => ({ ...(await kept()), roster: data })],
		['cut off', async () => withShoots(await kept(), ['[{"id":"s"'])],
		['not of members', async () => withShoots(await kept(), ['[{"id":1}]'])],
		['damaged in another list', () => kept(invitedNobody)],
		['of another organization than it says', async () => ({ ...(await kept()), organization: 'other' })],
		['31 days old', async () => ({ ...(await kept()), savedAt: now - 31 * 86_400_000 })],
		['from a clock that ran ahead', async () => ({ ...(await kept()), savedAt: now + 31 * 86_400_000 })],
	])('is none when it is %s', async (_, record) => {
		expect(await read(await record())).toBeNull();
	});

	test('lasts 30 days', () => {
		expect(isStale(now - MAX_AGE_MS, now)).toBe(false);
		expect(isStale(now - MAX_AGE_MS - 1, now)).toBe(true);
	});
});

describe('the thumbnails’ budget', () => {
	const use = (photoId: string, size: number, seenAt: number) => ({
		organization: 'acme',
		photoId,
		size,
		seenAt,
	});

	test('lets the least recently seen go first, and no more than needed', () => {
		const uses = [use('old', 40, 1), use('new', 40, 3), use('middle', 40, 2)];
		expect(toEvict(uses, 120)).toEqual([]);
		expect(toEvict(uses, 100).map(({ photoId }) => photoId)).toEqual(['old']);
		expect(toEvict(uses, 40).map(({ photoId }) => photoId)).toEqual(['middle', 'old']);
	});

	test('is 60 MB', () => {
		expect(toEvict([use('all', 60_000_000, 1)])).toEqual([]);
		expect(toEvict([use('all', 60_000_001, 1)])).toHaveLength(1);
	});
});
