import { asDelivered } from './support/as-delivered.ts';
import { test as inDashboard } from './support/embed.ts';
import { expect, test } from './support/fixtures.ts';
import { hold } from './support/hold.ts';
import { press } from './support/press.ts';

// What fades in and out is pressed meanwhile.
test.use(asDelivered);
inDashboard.use(asDelivered);

for (const how of ['quick', 'slow'] as const) {
	test(`a ${how} press on the button of an open menu closes it`, async ({ openAdmin, page }) => {
		const admin = await openAdmin({ members: 3 });
		const menu = page.getByRole('menu');
		const opensAndCloses = async (name: RegExp) => {
			const button = page.getByRole('button', { name }).first();
			for (let n = 0; n < 2; n++) {
				await press(page, button, how);
				await expect(menu).toBeFocused();
				await press(page, button, how);
				await expect(menu).toHaveCount(0);
				await expect(button).toHaveAttribute('aria-expanded', 'false');
				await expect(button).toBeFocused();
			}
		};
		await admin.expectCards(3);
		await opensAndCloses(/^Actions for/);
		await opensAndCloses(/^More ways/);
		await admin.viewFirstResults();
		await opensAndCloses(/^Actions for/);
	});

	test(`a ${how} press on another card’s Actions goes from one menu to the other`, async ({
		openAdmin,
		page,
	}) => {
		const admin = await openAdmin({ members: 3 });
		const buttons = admin.cards.getByRole('button', { name: /^Actions for/ });
		await expect(buttons).toHaveCount(3);
		const menu = page.getByRole('menu');
		await press(page, buttons.first(), how);
		await expect(menu).toBeFocused();
		for (const n of [1, 2, 0]) {
			await press(page, buttons.nth(n), how);
			const name = (await buttons.nth(n).getAttribute('aria-label'))!;
			await expect(page.getByRole('menu', { name })).toBeFocused();
			// bits-ui hears of a press outside 10 ms after it.
			await page.evaluate(() => new Promise((done) => setTimeout(done, 50)));
			await expect(menu).toHaveCount(1);
			await expect(page.locator('[aria-haspopup="menu"][aria-expanded="true"]')).toHaveAccessibleName(name);
		}
		await page.keyboard.press('ArrowDown');
		await expect(menu.getByRole('menuitem').first()).toBeFocused();
		await page.keyboard.press('Escape');
		await expect(buttons.first()).toBeFocused();
	});

	inDashboard(
		`in the element, too, a ${how} press opens a menu, goes to another and closes it`,
		async ({ openHost, page }) => {
			const admin = await openHost({ members: 3 });
			const buttons = admin.cards.getByRole('button', { name: /^Actions for/ });
			await expect(buttons).toHaveCount(3);
			for (const n of [0, 1]) {
				await press(page, buttons.nth(n), how);
				const name = (await buttons.nth(n).getAttribute('aria-label'))!;
				await expect(page.getByRole('menu', { name })).toBeFocused();
			}
			await press(page, buttons.nth(1), how);
			await expect(page.getByRole('menu')).toHaveCount(0);
			await expect(buttons.nth(1)).toBeFocused();
			await press(page, buttons.first(), how);
			await expect(page.getByRole('menu')).toBeFocused();
			// The dashboard around it.
			await page.mouse.click(5, 5);
			await expect(page.getByRole('menu')).toHaveCount(0);
		},
	);
}

test('a second press, before the menu’s code is there, still opens it', async ({ openAdmin, page }) => {
	await page.addInitScript(() => {
		// Nothing is loaded ahead.
		window.requestIdleCallback = () => 0;
	});
	const admin = await openAdmin({ members: 3 });
	await admin.expectCards(3);
	const code = await hold(page, /\.js$/);
	const button = admin.cards.first().getByRole('button', { name: /^Actions for/ });
	await button.click();
	await expect.poll(code.count).toBeGreaterThan(0);
	await button.click();
	code.release();
	await expect(page.getByRole('menu')).toBeFocused();
});
