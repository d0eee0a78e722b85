import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planDownload, planOnly, type FavoritePlan } from '$lib/download/job/plan';
import { expectedBytes, memoryWarning, noRoom } from '$lib/download/job/room';
import { plainOptions, type DownloadOptions } from '$lib/download/options/options';
import type { FinishedShoot } from '$lib/members/member';
import { favorite, finishedShoot } from '../members/people-helpers.ts';

function shoot(id: number, member: number): FinishedShoot {
	const same = { memberId: `member-${member}`, email: 'same@example.com', name: null, title: 'Same' };
	return finishedShoot(`model-${id}`, {
		...same,
		finishedAt: id,
		favorite: favorite({ photoId: `photo-${id}` }),
	});
}

/** @param owners whose each shoot is */
function planOf(owners: number[], options: DownloadOptions = plainOptions): FavoritePlan[] {
	return planDownload(
		owners.map((owner, id) => shoot(id, owner)),
		options,
	).favorites;
}

const has = (free: number | null) => async () => free;

const many = (count: number) => planOf(Array.from({ length: count }, (_, n) => n));

test('a headshot and its profile picture are expected to take 3 MB, and what is made of them less', () => {
	expect(expectedBytes(many(10))).toBe(30_000_000);
	const small: DownloadOptions = { ...plainOptions, size: { side: 512, shape: 'square' } };
	expect(expectedBytes(planOf([1], small))).toBe(2 * 131_072);
	expect(expectedBytes(planOf([1], { ...small, maxBytes: 100_000 }))).toBe(200_000);
	expect(expectedBytes(planOf([1], { ...plainOptions, files: 'pfps' }))).toBe(500_000);
});

test('a profile picture of our own is expected to weigh what its pixels do', () => {
	const cut = finishedShoot('ada', { favorite: favorite({ profilePicture: { kind: 'own-crop' } }) });
	expect(expectedBytes(planDownload([cut]).favorites)).toBe(2_500_000 + 524_288);
});

test('nothing is said where it fits, where nobody knows, and where a single member is all there is', async () => {
	expect(await noRoom(many(10), has(31_500_000))).toBeNull();
	expect(await noRoom(many(10), has(null))).toBeNull();
	expect(await noRoom(many(1), has(0))).toBeNull();
	expect(await noRoom([], has(0))).toBeNull();
});

test('where it does not fit, it says how much is missing, and parts that do', async () => {
	const short = await noRoom(many(10), has(13_000_000));
	expect(short).toMatchObject({ needed: 30_000_000, free: 13_000_000 });
	expect(short?.parts.map((part) => part.length)).toEqual([8, 8, 4]);
	// To the last byte.
	const two = await noRoom(many(10), has(6_300_000));
	expect(two?.parts.map((part) => part.length)).toEqual([4, 4, 4, 4, 4]);
	expect(short?.parts[0]?.slice(0, 2)).toMatchObject([
		{ shootId: 'model-0', photoId: 'photo-0', file: 'headshot.jpg' },
		{ shootId: 'model-0', photoId: 'photo-0', file: 'pfp.jpg' },
	]);
});

test('whole bytes are asked for, whatever the pictures are expected to take: a file of a part more never fits', async () => {
	const small: DownloadOptions = { ...plainOptions, size: { side: 192, shape: 'square' } };
	const asked: number[] = [];
	const room = async (wanted: number) => {
		asked.push(wanted);
		return Math.floor(wanted);
	};
	for (const count of [1, 9, 11]) {
		const favorites = planOf(
			Array.from({ length: count }, (_, n) => n),
			{ ...small, files: 'headshots' },
		);
		expect(await noRoom(favorites, room)).toBeNull();
	}
	expect(asked).toEqual([19_354, 174_183, 212_890]);
});

test('parts hold every file once, each member whole, under the names of one archive', async () => {
	const owners = fc.array(fc.nat(20), { minLength: 2, maxLength: 60 });
	await fc.assert(
		fc.asyncProperty(owners, fc.integer({ min: 0, max: 60_000_000 }), async (someone, free) => {
			const whole = planOf(someone);
			const short = await noRoom(whole, has(free));
			if (!short) return;
			const parts = short.parts.map((part) => planOnly(whole, part));
			const paths = (favorites: FavoritePlan[]) =>
				favorites.flatMap(({ tasks }) => tasks.flatMap(({ files }) => files.map(({ path }) => path)));
			expect(parts.flatMap(paths).sort()).toEqual(paths(whole).sort());
			const seen = parts.map((part) => new Set(part.map(({ memberKey }) => memberKey)));
			expect(seen.reduce((sum, { size }) => sum + size, 0)).toBe(new Set(someone).size);
			for (const [index, part] of parts.entries()) {
				// One member may be more than fits: then the part is that member.
				if (seen[index]!.size > 1) expect(expectedBytes(part)).toBeLessThanOrEqual(free);
			}
		}),
	);
});

describe('given photos that no file can hold', () => {
	const held = (bytes: string) =>
		'This browser lets the page have no files of its own here, as in some private windows. Until they are packed, ' +
		`these photos are held in memory, about ${bytes}; if the download is interrupted, it begins anew.`;

	test('a sentence says how much to expect, and that nothing of it is kept', () => {
		expect(memoryWarning(many(30))).toBe(held('90 MB'));
	});

	test('and what to do where it may be more than the memory', () => {
		expect(memoryWarning(many(200))).toBe(
			`${held('600 MB')} Should the browser run out of memory, download them team by team.`,
		);
	});

	test('a few photos need no word', () => expect(memoryWarning(many(11))).toBeNull());
});
