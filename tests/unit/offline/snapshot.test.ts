import { describe, expect, test } from 'vitest';
import type { RosterData } from '$lib/members/load';
import { pictureKey, type FinishedShoot } from '$lib/members/member';
import { toEvict } from '$lib/offline/job/budget';
import { isStale, MAX_AGE_MS, readRecord, toRecord } from '$lib/offline/snapshot';

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

describe('a snapshot', () => {
	const kept = () => toRecord(data, 'https://app.example.com/api/v2', now);

	test('holds no signed link', () => {
		expect(JSON.stringify(kept())).not.toMatch(/secret|signature|headshot\.jpg|thumbnail\.jpg/);
	});

	test('comes back as it was, with links that have run out', () => {
		const { data: found, savedAt } = readRecord(structuredClone(kept()), now)!;
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

	test.each([
		['nothing', undefined],
		['another version', { ...kept(), version: 2 }],
		['an older version', { ...kept(), version: 0 }],
		['damaged', { ...kept(), roster: { ...data, shoots: [{ id: 1 }] } }],
		['of another organization than it says', { ...kept(), organization: 'other' }],
		['31 days old', { ...kept(), savedAt: now - 31 * 86_400_000 }],
		['from a clock that ran ahead', { ...kept(), savedAt: now + 31 * 86_400_000 }],
	])('is none when it is %s', (_, record) => {
		expect(readRecord(record, now)).toBeNull();
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
