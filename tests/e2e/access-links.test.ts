import { AdminPage } from './support/admin-page.ts';
import { favorites } from './support/company.ts';
import { expect, test } from './support/fixtures.ts';

test.describe('given two tabs that send somebody a link at the same moment', () => {
	for (const [storage, refused] of [
		['that share what this browser keeps', false],
		['of a browser that keeps nothing', true],
	] as const) {
		test(`${storage}, then one link goes out`, async ({ openAdmin, page }) => {
			if (refused) {
				await page.context().addInitScript(() => {
					IDBFactory.prototype.open = () => {
						throw new DOMException('refused', 'SecurityError');
					};
				});
			}
			const here = await openAdmin({ members: 3, latencyMs: 100 });
			const there = new AdminPage(await page.context().newPage(), here.url);
			await there.open();
			const tabs = [here, there];
			const { email } = favorites(here.standIn)[0]!;
			for (const tab of tabs) await tab.act(email!, 'Send access link');
			await Promise.all(
				tabs.map(({ dialog }) => dialog.getByRole('button', { name: 'Send access link' }).click()),
			);
			const said = tabs.map(({ dialog }) =>
				dialog.getByRole('status').filter({ hasText: /Sent to|Already/ }),
			);
			for (const line of said) await expect(line).toBeVisible();
			const words = await Promise.all(said.map((line) => line.innerText()));
			expect(words.sort()).toEqual([
				'Already requested less than a minute ago; not sent again',
				`Sent to ${email}`,
			]);
			const posts = here.standIn.log.filter(({ method }) => method === 'POST');
			expect(posts).toHaveLength(1);
		});
	}
});
