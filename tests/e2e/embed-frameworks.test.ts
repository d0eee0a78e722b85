import type { Page } from '@playwright/test';
import type { HostSetup } from './support/embed.ts';
import { favorites } from './support/company.ts';
import { expect, test } from './support/embed.ts';

/*
 * What the README says for each framework, built as it stands there (`tests/host/snippets/`): it shows the members by
 * the host's tokens, and its event arrives.
 */

const signedIn: HostSetup = { members: 3, tokens: ['good'] };

/** What the host's listener has noted. */
function heard(page: Page): Promise<unknown> {
	return page.evaluate(() => (window as unknown as { heard?: unknown[] }).heard ?? []);
}

test('in Vue and Nuxt, as the README says, the element shows the members, and "actioned" arrives', async ({
	openHost,
	page,
}) => {
	const admin = await openHost({ ...signedIn, snippet: 'vue' });
	await admin.expectCards(3);
	const [shoot] = favorites(admin.standIn);
	await admin.act(shoot!.email!, 'Mark as actioned');
	await expect
		.poll(() => heard(page))
		.toEqual([{ shoots: [expect.objectContaining({ shootId: shoot!.id, email: shoot!.email })] }]);
});

test('in React 19, as the README says, the element shows the members, and "ready" arrives', async ({
	openHost,
	page,
}) => {
	const admin = await openHost({ ...signedIn, snippet: 'react' });
	await admin.expectCards(3);
	const { uid, name } = admin.standIn.company.organization;
	await expect.poll(() => heard(page)).toEqual([{ organization: { uid, name } }]);
	await expect(page.locator('headshot-admin')).toHaveAttribute('theme', 'light');
});

test('in Svelte, as the README says, the element shows the members, and "routechange" arrives', async ({
	openHost,
	page,
}) => {
	const lines: string[] = [];
	page.on('console', (message) => lines.push(message.text()));
	const admin = await openHost({ ...signedIn, snippet: 'svelte' });
	await admin.expectCards(3);
	await expect(page.getByRole('tab', { name: /Finished/ })).toHaveAttribute('aria-selected', 'true');
	await page.getByRole('tab', { name: /^All/ }).click();
	await expect.poll(() => lines).toContain('/headshots');
});
