import { setTimeout as pause } from 'node:timers/promises';
import type { Shoot } from '../../backend/stand-in.ts';
import { favorites, nameOf } from '../support/company.ts';
import { expectContents } from '../support/contents.ts';
import { expect, test } from '../support/fixtures.ts';
import { callsTo, triesFor } from '../support/requests.ts';

for (const status of [500, 502, 504]) {
	test(`given a photo host that answers ${status}, when the fourth try succeeds, then the photo is saved, and when none does, it fails alone`, async ({
		openAdmin,
	}) => {
		const admin = await openAdmin({ members: 6 });
		const { standIn } = admin;
		const [lucky, lost] = favorites(standIn) as [Shoot, Shoot];
		standIn.faults.add(
			{ kind: 'status', status, tries: 3, shootId: lucky.id, file: 'headshot' },
			{ kind: 'status', status, shootId: lost.id, file: 'headshot' },
		);
		const archive = await admin.downloadFavorites();
		await admin.expectOutcome('5 of 6 members saved; 1 file failed');
		const reason = `The photo host failed (status ${status}).`;
		await admin.expectFailure(nameOf(standIn, lost), 'headshot.jpg', reason);
		await expectContents(archive, standIn, [{ shoot: lost, file: 'headshot' }]);
		expect(triesFor(standIn, lucky)).toHaveLength(4);
		expect(triesFor(standIn, lost)).toHaveLength(4);
	});
}

test('given a backend that answers 500, when the fourth try succeeds, then all are saved, and when none does, the job ends in a sentence', async ({
	openAdmin,
}) => {
	const admin = await openAdmin({ members: 4 });
	const { standIn } = admin;
	await admin.expectCards(4);
	const listed = callsTo(standIn, '/models').length;
	standIn.faults.add({ kind: 'status', status: 500, api: /organization\/models$/ });
	await admin.expectNoDownload(async () => {
		await admin.startDownload();
		await admin.expectOutcome('The download stopped. Nothing was saved.');
	});
	await expect(admin.dialog.getByText('Status 500')).toBeVisible();
	expect(callsTo(standIn, '/models')).toHaveLength(listed + 4);

	standIn.faults.clear();
	standIn.faults.add({ kind: 'status', status: 500, tries: 3, api: /organization\/models$/ });
	const [download] = await Promise.all([
		admin.page.waitForEvent('download'),
		admin.dialog.getByRole('button', { name: 'Try again' }).click(),
	]);
	await admin.expectOutcome('4 of 4 members saved');
	await expectContents(await admin.save(download), standIn);
	expect(callsTo(standIn, '/models')).toHaveLength(listed + 4 + 4);
});

for (const before of [true, false]) {
	const where = before ? 'before its headers' : 'in the middle of a photo';
	test(`given a photo host that falls silent ${where}, when a later try succeeds, then the photo is saved, and when none does, it fails alone`, async ({
		openAdmin,
	}) => {
		const admin = await openAdmin({ members: 6, limits: { stallMs: 1500 } });
		const { standIn } = admin;
		const [lucky, lost] = favorites(standIn) as [Shoot, Shoot];
		standIn.faults.add(
			{ kind: 'stall', before, tries: 2, shootId: lucky.id, file: 'headshot' },
			{ kind: 'stall', before, shootId: lost.id, file: 'headshot' },
		);
		const archive = await admin.downloadFavorites();
		await admin.expectOutcome('5 of 6 members saved; 1 file failed');
		const reason = 'The photo host gave no answer for 1.5 s.';
		await admin.expectFailure(nameOf(standIn, lost), 'headshot.jpg', reason);
		await expectContents(archive, standIn, [{ shoot: lost, file: 'headshot' }]);
		const tries = triesFor(standIn, lost);
		expect(tries).toHaveLength(4);
		expect(tries.every((entry) => entry.aborted && entry.finishedAt !== null)).toBe(true);
		expect(triesFor(standIn, lucky).map((entry) => entry.aborted)).toEqual([true, true, false]);
	});
}

test('given a photo that stalls twice for less than the limit, when it takes longer than the limit in all, then one try is enough', async ({
	openAdmin,
	startPhotoHost,
}) => {
	const admin = await openAdmin({ members: 3, limits: { stallMs: 3000 } });
	const { standIn } = admin;
	const [slow] = favorites(standIn) as [Shoot];
	const bytes = await standIn.bytesOf(slow.id, 'headshot');
	const host = await startPhotoHost(async (response) => {
		await pause(1700);
		response.writeHead(200, { 'Content-Length': bytes.length });
		response.write(bytes.subarray(0, bytes.length / 2));
		await pause(1700);
		response.end(bytes.subarray(bytes.length / 2));
	});
	standIn.faults.add({ kind: 'wrong-url', shootId: slow.id, file: 'headshot', url: `${host.origin}/slow` });
	const archive = await admin.downloadFavorites();
	await admin.expectOutcome('3 of 3 members saved');
	await expectContents(archive, standIn);
	expect(host.asked).toHaveLength(1);
});

test('given a photo that trickles in, when it takes longer than the limit in all, then one try is enough', async ({
	openAdmin,
}) => {
	const admin = await openAdmin({ members: 3, limits: { stallMs: 1500 } });
	const { standIn } = admin;
	const [slow] = favorites(standIn) as [Shoot];
	standIn.faults.add({ kind: 'slow', bytesPerSecond: 25_000, shootId: slow.id, file: 'headshot' });
	const archive = await admin.downloadFavorites();
	await admin.expectOutcome('3 of 3 members saved');
	await expectContents(archive, standIn);
	const tries = triesFor(standIn, slow);
	expect(tries).toHaveLength(1);
	expect(tries[0]!.finishedAt! - tries[0]!.at).toBeGreaterThan(1500);
});

test('given a photo host that resets connections, when a later try succeeds, then the photo is saved, and when none does, it fails alone', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 6 });
	const { standIn } = admin;
	const [lucky, lost] = favorites(standIn) as [Shoot, Shoot];
	standIn.faults.add(
		{ kind: 'reset', tries: 3, shootId: lucky.id, file: 'headshot' },
		{ kind: 'reset', shootId: lost.id, file: 'headshot' },
	);
	// Asked of the page: Chromium repeats a GET by itself when a connection that it used before is reset.
	let tries = 0;
	page.on('request', (request) => {
		const isHeadshot = request.url().includes(lost.id) && request.url().includes('/headshot.jpg');
		if (request.method() === 'GET' && isHeadshot) tries++;
	});

	const archive = await admin.downloadFavorites();
	await admin.expectOutcome('5 of 6 members saved; 1 file failed');
	await admin.expectFailure(nameOf(standIn, lost), 'headshot.jpg', 'The photo host could not be reached.');
	await expectContents(archive, standIn, [{ shoot: lost, file: 'headshot' }]);
	expect(tries).toBe(4);
	expect(triesFor(standIn, lucky).at(-1)?.status).toBe(200);
});
