import { monitorEventLoopDelay } from 'node:perf_hooks';
import { favorites } from './support/company.ts';
import { expectContents } from './support/contents.ts';
import { expect, test, type Admin } from './support/fixtures.ts';
import { choosesPlace, sizeOf } from './support/place.ts';
import { browserMemory } from './support/processes.ts';
import { timesServed } from './support/requests.ts';

const cancelled = 'Download cancelled. Nothing was saved.';

/** Presses Cancel. @returns when the press arrived in the page, in ms since the epoch */
async function pressCancel({ page, cancelButton }: Admin): Promise<number> {
	const moment = await page.evaluateHandle(() => {
		const click = { at: 0 };
		addEventListener('click', () => (click.at = Date.now()), { capture: true, once: true });
		return click;
	});
	await cancelButton.click();
	return moment.evaluate(({ at }) => at);
}

/** Presses Cancel in the very moment when the dialog says `phase`. @returns when that was. Fails when that never was. */
function pressCancelIn({ page }: Admin, phase: string): Promise<number> {
	return page.evaluate(
		(words) =>
			new Promise<number>((resolve, reject) => {
				// A phase may be over within a frame.
				const observer = new MutationObserver(look);
				observer.observe(document, { subtree: true, childList: true, characterData: true });
				look();

				function look(): void {
					const dialog = document.querySelector('[role=dialog]');
					const text = dialog?.textContent ?? '';
					const button = [...(dialog?.querySelectorAll('button') ?? [])].find(
						({ textContent }) => textContent.trim() === 'Cancel',
					);
					if (/members? saved/.test(text)) {
						observer.disconnect();
						reject(new Error(`It was over, and never said “${words}”.`));
					} else if (button && text.includes(words)) {
						observer.disconnect();
						button.click();
						resolve(Date.now());
					}
				}
			}),
		phase,
	);
}

/** How long this process, the other end of the network, stood still: a busy machine is no fault of the page. */
const stoodStill = monitorEventLoopDelay({ resolution: 10 });
stoodStill.enable();

/** 200 ms after the press nothing was asked for, nor was an answer still coming, and nobody is left to ask. */
async function expectQuiet({ standIn, page }: Admin, pressed: number): Promise<void> {
	await expect.poll(() => page.workers().length).toBe(0);
	await expect.poll(() => standIn.inFlight()).toBe(0);
	// Where the page itself fetches, nobody's end says that it is over.
	await expect.poll(() => Date.now()).toBeGreaterThan(pressed + 1_000);
	const quietAt = pressed + 200 + stoodStill.max / 1e6;
	const late = standIn.log.filter(
		({ finishedAt, file }) => (finishedAt ?? Infinity) > quietAt && file !== 'thumbnail',
	);
	const after = (time: number | null) => (time === null ? 'never' : `${time - pressed} ms`);
	expect(late.map(({ at, finishedAt, path }) => `${path}: ${after(at)} to ${after(finishedAt)}`)).toEqual([]);
}

/** What holds after every cancel: no file, quiet, and a new download at once. */
async function expectCancelled(admin: Admin, press: () => Promise<number>, members: number): Promise<void> {
	await admin.expectNoDownload(async () => {
		stoodStill.reset();
		const pressed = await press();
		await admin.expectOutcome(cancelled);
		await expectQuiet(admin, pressed);
	});
	admin.standIn.faults.clear();
	await admin.close();
	const archive = await admin.downloadFavorites();
	await admin.expectOutcome(`${members} of ${members} members saved`);
	await expectContents(archive, admin.standIn);
}

const moments = [
	{ share: '1 %', saved: 1 },
	{ share: '50 %', saved: 16 },
	{ share: '99 %', saved: 31 },
];

for (const { share, saved } of moments) {
	test(`given a download of which about ${share} has been fetched, when Cancel is pressed, then the network falls quiet, no file is offered, and a new one can start`, async ({
		openAdmin,
	}) => {
		const admin = await openAdmin({ members: 16 });
		const { standIn } = admin;
		// Two files a member: after so many, every other photo comes, and comes.
		const slow = { kind: 'slow', bytesPerSecond: 100 } as const;
		for (const [place, { id }] of favorites(standIn).entries()) {
			if (2 * place >= saved) standIn.faults.add({ ...slow, shootId: id, file: 'headshot' });
			if (2 * place + 1 >= saved) standIn.faults.add({ ...slow, shootId: id, file: 'pfp' });
		}
		await admin.startDownload();
		await expect.poll(() => timesServed(standIn).size).toBe(saved);
		await expect.poll(() => standIn.inFlight()).toBe(Math.min(6, 32 - saved));
		await expectCancelled(admin, () => pressCancel(admin), 16);
	});
}

test('given a download that has only begun to list favorites, when Cancel is pressed, then it ends the same way', async ({
	openAdmin,
}) => {
	const admin = await openAdmin({ members: 4 });
	await admin.expectCards(4);
	admin.standIn.faults.add({ kind: 'stall', before: true, api: /photos\/favorites$/ });
	await admin.startDownload();
	await expect(admin.dialog.getByText('Finding favorites…')).toBeVisible();
	await expectCancelled(admin, () => pressCancel(admin), 4);
});

for (const phase of ['Packing', 'Checking the archive']) {
	test(`given a download in the phase “${phase}”, when Cancel is pressed, then no file is offered, and a new one can start`, async ({
		openAdmin,
	}) => {
		// Enough that no phase is over before the press has reached the worker.
		const admin = await openAdmin({ members: 10, headshotBytes: 3_000_000 });
		await admin.startDownload();
		await expectCancelled(admin, () => pressCancelIn(admin, phase), 10);
	});
}

test('given a download straight to disk that is being checked, when Cancel is pressed, then no file is left by the time it says so', async ({
	openAdmin,
	page,
}) => {
	await choosesPlace(page, 'mine.zip');
	const admin = await openAdmin({ members: 10, headshotBytes: 3_000_000 });
	await admin.expectCards(10);
	await page.getByRole('button', { name: 'More ways to download' }).click();
	await page.getByRole('menuitem', { name: 'Options…' }).click();
	await page.getByRole('checkbox', { name: 'Save straight to disk' }).click();
	await page.getByRole('button', { name: 'Download with these options' }).click();
	await pressCancelIn(admin, 'Checking the archive');
	await admin.expectOutcome(cancelled);
	expect(await sizeOf(page, 'mine.zip')).toBeNull();
});

test('given a page whose policy allows no worker, when Cancel is pressed, then the page itself falls quiet just so', async ({
	openAdmin,
	complaints,
}) => {
	const policy = "frame-ancestors 'none'; worker-src 'none'";
	const admin = await openAdmin({ members: 16, pageHeaders: { 'Content-Security-Policy': policy } });
	const { standIn } = admin;
	for (const { id } of favorites(standIn).slice(8)) {
		standIn.faults.add({ kind: 'stall', shootId: id, file: 'headshot' });
	}
	await admin.startDownload();
	await expect.poll(() => timesServed(standIn).size).toBeGreaterThan(16);
	await expectCancelled(admin, () => pressCancel(admin), 16);
	expect(complaints.splice(0).filter((line) => !line.startsWith('network: '))).not.toHaveLength(0);
});

test('given a large download, when it is cancelled and dismissed, then its memory is given back', async ({
	openAdmin,
	page,
}) => {
	test.slow();
	// In memory: a file would be kept to be continued, and without a profile on disk it is memory, too.
	const limits = { memoryBytes: 134_217_728 };
	const admin = await openAdmin({ members: 30, headshotBytes: 3_000_000, limits });
	const { standIn } = admin;
	await admin.expectCards(30);
	standIn.faults.add({ kind: 'stall', shootId: favorites(standIn)[29]!.id, file: 'headshot' });
	const devtools = await page.context().newCDPSession(page);
	const memory = async () => {
		await devtools.send('HeapProfiler.collectGarbage');
		return browserMemory();
	};
	const fetched = () => [...timesServed(standIn).values()].reduce((sum, times) => sum + times, 0);
	/** @returns what the browser holds when all but one photo are there */
	const downloadAndCancel = async () => {
		const before = fetched();
		await admin.startDownload();
		await expect.poll(() => fetched() - before, { timeout: 45_000 }).toBe(59);
		const held = await memory();
		await pressCancel(admin);
		await admin.expectOutcome(cancelled);
		await admin.close();
		return held;
	};

	// The first one also brings code and buffers that stay.
	await downloadAndCancel();
	const before = await memory();
	expect(await downloadAndCancel()).toBeGreaterThan(before + 80e6);
	await expect.poll(memory).toBeLessThan(before + 50e6);
});
