import type { Shoot } from '../../backend/stand-in.ts';
import { favorites, nameOf } from '../support/company.ts';
import { expectContents } from '../support/contents.ts';
import { expect, test } from '../support/fixtures.ts';
import { callsTo, photoRequests, triesFor } from '../support/requests.ts';

/** What the list of favorites and a single favorite say about their links. */
interface Links {
	photos?: { modelId: string; expiresAt: string }[];
	photo?: { expiresAt: string };
}

const longAgo = new Date(0).toISOString();

test('given links that the photo host refuses, when the favorites are asked again, then the new links work', async ({
	openAdmin,
}) => {
	const admin = await openAdmin({ members: 6 });
	const { standIn } = admin;
	const [first, second, third] = favorites(standIn) as [Shoot, Shoot, Shoot];
	standIn.faults.add(
		{ kind: 'expired', shootId: first.id, file: 'headshot' },
		{ kind: 'status', status: 401, tries: 1, shootId: second.id, file: 'headshot' },
		{ kind: 'expired', shootId: third.id, file: 'pfp' },
	);

	const archive = await admin.downloadFavorites();
	await admin.expectOutcome('6 of 6 members saved');
	await expectContents(archive, standIn);
	expect(triesFor(standIn, first).map((entry) => entry.status)).toEqual([403, 200]);
	expect(triesFor(standIn, second).map((entry) => entry.status)).toEqual([401, 200]);
	expect(triesFor(standIn, third, 'pfp').map((entry) => entry.status)).toEqual([403, 200]);
	expect(triesFor(standIn, first)[1]?.query.get('signature')).not.toBe(
		triesFor(standIn, first)[0]?.query.get('signature'),
	);
	expect(callsTo(standIn, `${first.id}/photos/favorite`)).toHaveLength(1);
	expect(callsTo(standIn, `${second.id}/photos/favorite`)).toHaveLength(1);
	expect(callsTo(standIn, `${third.id}/profile-picture`)).toHaveLength(1);
});

test('given a photo that is refused whatever the link, when three fresh ones were refused too, then it fails', async ({
	openAdmin,
}) => {
	const admin = await openAdmin({ members: 6 });
	const { standIn } = admin;
	const [lost] = favorites(standIn) as [Shoot];
	standIn.faults.add({ kind: 'status', status: 403, shootId: lost.id, file: 'headshot' });

	const archive = await admin.downloadFavorites();
	await admin.expectOutcome('5 of 6 members saved; 1 file failed');
	await admin.expectFailure(
		nameOf(standIn, lost),
		'headshot.jpg',
		'Its link was refused (status 403). 3 fresh ones were of no use.',
	);
	await expectContents(archive, standIn, [{ shoot: lost, file: 'headshot' }]);
	expect(triesFor(standIn, lost)).toHaveLength(4);
	expect(callsTo(standIn, `${lost.id}/photos/favorite`)).toHaveLength(3);
});

test('given a link that has expired by the time it is needed, when it would be used, then a fresh one is asked for first', async ({
	openAdmin,
}) => {
	const admin = await openAdmin({ members: 6 });
	const { standIn } = admin;
	const [late] = favorites(standIn) as [Shoot];
	standIn.faults.add({
		kind: 'replace-json',
		api: /photos\/favorites$/,
		edit: ({ photos }: Links) => {
			for (const photo of photos ?? []) if (photo.modelId === late.id) photo.expiresAt = longAgo;
		},
	});

	const archive = await admin.downloadFavorites();
	await admin.expectOutcome('6 of 6 members saved');
	await expectContents(archive, standIn);
	expect(triesFor(standIn, late).map((entry) => entry.status)).toEqual([200]);
	expect(callsTo(standIn, `${late.id}/photos/favorite`)).toHaveLength(1);
});

test('given an admin’s clock that is days ahead, when every link looks expired, then the fresh ones are used all the same', async ({
	openAdmin,
}) => {
	const admin = await openAdmin({ members: 3 });
	const { standIn } = admin;
	standIn.faults.add({
		kind: 'replace-json',
		edit: ({ photos = [], photo }: Links) => {
			for (const one of photo ? [...photos, photo] : photos) one.expiresAt = longAgo;
		},
	});
	const archive = await admin.downloadFavorites();
	await admin.expectOutcome('3 of 3 members saved');
	await expectContents(archive, standIn);
});

test('given links that live for a moment only, when no fresh one lives long enough, then every file fails', async ({
	openAdmin,
}) => {
	const admin = await openAdmin({ members: 2, urlLifetimeMs: 1 });
	const { standIn } = admin;
	await admin.expectNoDownload(async () => {
		await admin.startDownload();
		await admin.expectOutcome('Nothing was saved; 4 files failed');
	});
	for (const shoot of favorites(standIn)) {
		const reason = /^Its link (has expired|was refused \(status 403\))\. 3 fresh ones were of no use\.$/;
		await admin.expectFailure(nameOf(standIn, shoot), 'headshot.jpg', reason);
		expect(callsTo(standIn, `${shoot.id}/photos/favorite`).length).toBeGreaterThanOrEqual(3);
		expect(callsTo(standIn, `${shoot.id}/photos/favorite`).length).toBeLessThanOrEqual(6);
	}
	expect(photoRequests(standIn).every((entry) => entry.status === 403)).toBe(true);
});

test('given photos that are gone (404, 410) or asked for wrongly (400), when they are fetched, then each fails after one request', async ({
	openAdmin,
}) => {
	const admin = await openAdmin({ members: 6 });
	const { standIn } = admin;
	const lost = favorites(standIn).slice(0, 3);
	const statuses = [404, 410, 400];
	lost.forEach((shoot, place) =>
		standIn.faults.add({ kind: 'status', status: statuses[place]!, shootId: shoot.id, file: 'headshot' }),
	);

	const archive = await admin.downloadFavorites();
	await admin.expectOutcome('3 of 6 members saved; 3 files failed');
	for (const [place, shoot] of lost.entries()) {
		const reason = `The photo host has no such photo (status ${statuses[place]}).`;
		await admin.expectFailure(nameOf(standIn, shoot), 'headshot.jpg', reason);
		expect(triesFor(standIn, shoot)).toHaveLength(1);
	}
	await expectContents(
		archive,
		standIn,
		lost.map((shoot) => ({ shoot, file: 'headshot' as const })),
	);
});
