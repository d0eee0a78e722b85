import { setTimeout as pause } from 'node:timers/promises';
import type { Fault, Shoot } from '../../backend/stand-in.ts';
import { favorites, nameOf } from '../support/company.ts';
import { expectContents } from '../support/contents.ts';
import { expect, test, type Admin, type Setup } from '../support/fixtures.ts';
import { sendPagesToSleep } from '../support/processes.ts';
import { timesServed } from '../support/requests.ts';

const waiting = 'Waiting for the network';

/** A download of which all is saved but four photos, which hang in the middle. */
async function startHalf(openAdmin: (setup: Setup) => Promise<Admin>, limits = {}): Promise<Admin> {
	const admin = await openAdmin({ members: 8, limits });
	for (const { id } of hanging(admin)) {
		admin.standIn.faults.add({ kind: 'stall', shootId: id, file: 'headshot' });
	}
	await admin.startDownload();
	await expect.poll(() => timesServed(admin.standIn).size).toBe(12);
	return admin;
}

const hanging = ({ standIn }: Admin) => favorites(standIn).slice(0, 4);

/** The rest comes, and what came before isn't fetched again. */
async function expectTheRest(admin: Admin, bringBack: () => Promise<unknown>): Promise<void> {
	const { standIn, page } = admin;
	standIn.faults.clear();
	const [download] = await Promise.all([page.waitForEvent('download'), bringBack()]);
	await admin.expectOutcome('8 of 8 members saved');
	await expectContents(await admin.save(download), standIn);
	expect([...timesServed(standIn).values()]).toEqual(Array.from({ length: 16 }, () => 1));
}

test('given a download under way, when backend and photo host are cut off, then it waits, keeps what it has, and goes on when they return', async ({
	openAdmin,
}) => {
	const admin = await startHalf(openAdmin);
	const { standIn } = admin;
	await Promise.all([standIn.pause('api'), standIn.pause('photos')]);
	await admin.expectWaiting(waiting);
	expect(await admin.progress()).toBe(67);
	await expect(admin.failures).toHaveCount(0);
	await expectTheRest(admin, () => Promise.all([standIn.resume('api'), standIn.resume('photos')]));
});

test('given a download under way, when the browser goes offline, then it waits, keeps what it has, and goes on when it is back', async ({
	openAdmin,
	page,
}) => {
	const admin = await startHalf(openAdmin, { stallMs: 1500 });
	await page.context().setOffline(true);
	await admin.expectWaiting(waiting);
	expect(await admin.progress()).toBe(67);
	await expect(admin.failures).toHaveCount(0);
	await expectTheRest(admin, () => page.context().setOffline(false));
});

const silence: { given: string; faults: Fault[] }[] = [
	{
		given: 'swallows everything without a word',
		faults: [
			{ kind: 'stall', before: true, file: 'headshot' },
			{ kind: 'stall', before: true, api: /./ },
		],
	},
	{
		given: 'has only a proxy that reaches nobody',
		faults: [
			{ kind: 'status', status: 502, file: 'headshot' },
			{ kind: 'status', status: 502, api: /./ },
		],
	},
];

for (const { given, faults } of silence) {
	test(`given a network that ${given}, when a download starts, then no try is used up, and it goes on when the network is back`, async ({
		openAdmin,
		page,
	}) => {
		const admin = await openAdmin({ members: 8, limits: { stallMs: 1500, tries: 1 } });
		await admin.expectCards(8);
		admin.standIn.faults.add(...faults);
		await admin.startDownload();
		await admin.expectWaiting(waiting);
		const probes = () => admin.standIn.log.filter(({ method, host }) => method === 'HEAD' && host === 'api');
		await expect.poll(() => probes().length).toBeGreaterThan(1);
		await admin.expectWaiting(waiting);
		admin.standIn.faults.clear();
		const download = await page.waitForEvent('download');
		await admin.expectOutcome('8 of 8 members saved');
		await expectContents(await admin.save(download), admin.standIn);
	});
}

test('given a photo host that goes down for good, when the backend still answers, then the open files fail soon and the rest is saved', async ({
	openAdmin,
	page,
}) => {
	const admin = await startHalf(openAdmin);
	const { standIn } = admin;
	const [download] = await Promise.all([page.waitForEvent('download'), standIn.pause('photos')]);
	await admin.expectOutcome('4 of 8 members saved; 4 files failed');
	for (const shoot of hanging(admin)) {
		const reason = 'The photo host could not be reached.';
		await admin.expectFailure(nameOf(standIn, shoot), 'headshot.jpg', reason);
	}
	const missing = hanging(admin).map((shoot) => ({ shoot, file: 'headshot' as const }));
	await expectContents(await admin.save(download), standIn, missing);
});

test('given a machine that sleeps longer than every limit, when it wakes, then the download goes on as if no time had passed', async ({
	openAdmin,
	startPhotoHost,
	page,
}) => {
	const admin = await openAdmin({ members: 3, limits: { stallMs: 8000 } });
	const { standIn } = admin;
	const [late] = favorites(standIn) as [Shoot];
	const bytes = await standIn.bytesOf(late.id, 'headshot');
	let deliver = () => {};
	const host = await startPhotoHost((response) => {
		deliver = () => void response.end(bytes);
	});
	standIn.faults.add({ kind: 'wrong-url', shootId: late.id, file: 'headshot', url: `${host.origin}/late` });
	await admin.startDownload();
	await expect.poll(() => host.asked.length).toBe(1);

	const wake = sendPagesToSleep();
	// Longer than a stall, and than a worker may be silent.
	await pause(11_000);
	wake();
	// The worker's and the page's clocks have ticked before the photo arrives.
	const aTick = () => new Promise((resolve) => setTimeout(resolve, 1000));
	await Promise.all([page.evaluate(aTick), page.workers()[0]!.evaluate(aTick)]);
	const [download] = await Promise.all([page.waitForEvent('download'), deliver()]);
	await admin.expectOutcome('3 of 3 members saved');
	await expectContents(await admin.save(download), standIn);
	expect(host.asked).toHaveLength(1);
});
