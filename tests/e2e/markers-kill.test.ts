import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { random } from '../backend/random.ts';
import type { AdminPage } from './support/admin-page.ts';
import { Deployment, endDeployments } from './support/deployment.ts';
import { expect, test } from './support/fixtures.ts';

test.afterEach(endDeployments);

/** More of them by `KILLS=50 MARKS=400 npm run test:e2e -- -g killed`: about a quarter of an hour. */
const kills = Number(process.env.KILLS ?? 2);
const marksBetween = Number(process.env.MARKS ?? 60);
const seed = Number(process.env.SEED ?? 1);

test('no mark that was shown as saved is lost when the browser is killed', async () => {
	test.setTimeout(60_000 + kills * (30_000 + 60 * marksBetween));
	const luck = random(seed);
	const place = await Deployment.start({
		// Most kills come before so many marks are made.
		members: Math.min(kills * marksBetween, 12_000) + 400,
		plain: true,
		headshotBytes: 1,
		rateLimit: { perMinute: 1e6 },
	});
	/** What the page said was saved. */
	const saved = new Set<string>();
	let lost = 0;
	for (let round = 0; round <= kills; round++) {
		const admin = await place.browse();
		const { page } = admin;
		page.setDefaultTimeout(30_000);
		// Many lines at once: a mark costs less time, so there are more of them.
		await page.setViewportSize({ width: 1_280, height: 9_000 });
		await page.addInitScript(() => localStorage.setItem('headshot-admin:layout', 'list'));
		await admin.open();
		// The page makes its database; whoever looks for it earlier would make an empty one.
		await expect(admin.downloadButton).toBeEnabled({ timeout: 60_000 });
		// A mark may be on the disk although the kill came before the page said so.
		const actioned = page.getByRole('tab', { name: /^Actioned/ });
		if (saved.size > 0)
			await expect(actioned, `round ${round}, ${saved.size} marks`)
				.toHaveCount(1)
				.catch(async (error: unknown) => {
					// The browser's own log says whether it was the browser that threw the database away.
					await place.copyDatabase(test.info().outputPath('IndexedDB'));
					throw error;
				});
		const kept = await storedMarks(page);
		lost += [...saved].filter((id) => !kept.has(id)).length;
		for (const id of kept) saved.add(id);
		if (round < kills) {
			const until = saved.size + marksBetween;
			let begun = () => {};
			const first = new Promise<void>((resolve) => (begun = resolve));
			const marking = (async () => {
				while (saved.size < until) {
					for (const id of await markSome(admin, luck.between(8, 120))) saved.add(id);
					begun();
				}
			})().catch(() => {});
			// At any moment once there is something to lose: before a further write, within it, after it.
			const moment = luck.between(0, 60 * marksBetween);
			await Promise.race([marking, first.then(() => sleep(moment))]);
			await place.kill();
			await marking;
		} else await place.kill();
	}
	console.log(`${saved.size} marks, ${kills} kills, ${lost} lost (seed ${seed})`);
	expect(lost).toBe(0);
	expect(saved.size).toBeGreaterThan(kills);
});

/** Picks the first cards by a range and marks them. @returns whom, once the page has said that it is saved */
async function markSome({ page, cards }: AdminPage, count: number): Promise<string[]> {
	const boxes = cards.getByRole('checkbox');
	const before = await page.locator('[data-key]').first().getAttribute('data-key');
	await boxes.first().click();
	await boxes.nth(count - 1).click({ modifiers: ['Shift'] });
	const ids = await cards
		.filter({ has: page.getByRole('checkbox', { checked: true }) })
		.evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset.key!));
	await page.getByRole('button', { name: 'Mark as actioned' }).click();
	await expect(page.getByText(`${ids.length} photo shoots marked as actioned`).last()).toBeVisible();
	await expect(page.locator('[data-key]').first()).not.toHaveAttribute('data-key', before!);
	await page.getByRole('button', { name: 'Dismiss' }).last().click();
	return ids;
}

/** What is on disk, read past the page. */
function storedMarks(page: Page): Promise<Set<string>> {
	return page
		.evaluate(
			() =>
				new Promise<string[]>((resolve, reject) => {
					const opening = indexedDB.open('headshot-admin');
					opening.onerror = () => reject(opening.error);
					opening.onsuccess = () => {
						const reading = opening.result.transaction('markers').objectStore('markers').getAll();
						reading.onsuccess = () => {
							opening.result.close();
							const marks = reading.result as { shootId: string; state: string }[];
							resolve(marks.filter(({ state }) => state === 'actioned').map(({ shootId }) => shootId));
						};
					};
				}),
		)
		.then((ids) => new Set(ids));
}
