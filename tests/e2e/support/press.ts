import type { Locator, Page } from '@playwright/test';

/** `quick`: as a tap on a touchpad, pressed and let go before a busy page has dealt with the first of it. */
export type Press = 'quick' | 'slow';

/** Presses the mouse on something. */
export async function press(page: Page, target: Locator, how: Press): Promise<void> {
	await target.hover();
	const { mouse } = page;
	if (how === 'slow') {
		await mouse.down();
		await page.evaluate(() => new Promise((done) => setTimeout(done, 60)));
		return mouse.up();
	}
	await page.evaluate(() => {
		const busy = () => {
			const until = performance.now() + 60;
			while (performance.now() < until);
		};
		window.addEventListener('pointerdown', busy, { capture: true, once: true });
	});
	await Promise.all([mouse.down(), mouse.up()]);
}
