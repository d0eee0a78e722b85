import type { Page } from '@playwright/test';
import type { Visit } from './state.ts';

/** The settings that a host may have mistyped. */
async function spoilSettings(page: Page): Promise<void> {
	await page.route('**/app/admin/headshots', async (route) => {
		const response = await route.fetch();
		const html = await response.text();
		const settings = /(<meta name="headshot-admin-config" content=)(?:'[^']*'|"[^"]*")/;
		if (!settings.test(html)) throw new Error('The page has no settings.');
		await route.fulfill({ response, body: html.replace(settings, `$1'{"apiBase":"ftp://example.com"}'`) });
	});
}

/** A page that can't begin, one that is none, and one that has only begun. */
export const beginnings: Visit = {
	name: 'beginnings',
	// More than one page of the backend's lists.
	setup: { members: 250, headshotBytes: 1 },
	prepare: spoilSettings,
	logs: /Not found: \/app\/admin\/nothing/,
	states: [
		{
			name: 'wrong settings',
			async reach({ page }) {
				return page.getByText(/^The page's settings are wrong/);
			},
		},
		{
			name: 'no such page',
			async reach({ admin, page }) {
				await page.unrouteAll();
				await page.goto(`${admin.origin}/app/admin/nothing`);
				return page.getByRole('heading', { name: 'There is no such page' });
			},
		},
		{
			name: 'more members to come',
			async reach({ admin, page }) {
				await page.route(/\/organization\/models\?.*offset=200/, () => {});
				await admin.open();
				return page.getByText('200 of 250 photo shoots…');
			},
		},
	],
};
