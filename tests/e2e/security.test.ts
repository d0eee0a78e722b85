import { favorites } from './support/company.ts';
import { countViolations } from './support/embed.ts';
import { expect, test } from './support/fixtures.ts';

test('no script without a hash or a file of the page’s own, and no markup or script from a text: the policy says so', async ({
	openAdmin,
	page,
	complaints,
}) => {
	const admin = await openAdmin({ members: 2 });
	const meta = await page.locator('meta[http-equiv="content-security-policy"]').getAttribute('content');
	const policy = new Map(meta!.split(';').map((part) => part.trim().split(/ (.*)/s) as [string, string]));
	expect(policy.get('default-src')).toBe("'none'");
	expect(policy.get('script-src')).toMatch(/^'self'( 'sha256-[\w+/]+=*')+$/);
	// The stand-in's photo host takes any port.
	expect(policy.get('connect-src')).toBe("'self' http://127.0.0.1:* http://localhost:*");
	expect(policy.get('img-src')).toBe("'self' blob: http://127.0.0.1:* http://localhost:*");
	expect(policy.get('require-trusted-types-for')).toBe("'script'");
	expect(policy.get('trusted-types')).toBe('svelte-trusted-html sveltekit-trusted-url headshot-admin');
	expect(policy.get('base-uri')).toBe("'none'");
	expect(meta).not.toMatch(/unsafe-(inline|eval)/);
	const answer = await page.request.get(admin.url);
	expect(answer.headers()).toMatchObject({
		'content-security-policy': "frame-ancestors 'none'",
		'x-content-type-options': 'nosniff',
		'referrer-policy': 'no-referrer',
	});
	const refused = await page.evaluate(() => {
		const box = document.createElement('div');
		const tries = [() => (box.innerHTML = '<b>x</b>'), () => new Worker('/x.js')];
		return tries.map((attempt) => {
			try {
				attempt();
				return 'allowed';
			} catch (error) {
				return (error as Error).name;
			}
		});
	});
	expect(refused).toEqual(['TypeError', 'TypeError']);
	expect(complaints.splice(0)).toHaveLength(2);
});

test('every journey, without one violation of the page’s policy; no credential to the photo host', async ({
	openAdmin,
	page,
}) => {
	const violations: string[] = [];
	await countViolations(page, violations);
	const admin = await openAdmin({ members: 5 });
	const [first, second] = favorites(admin.standIn);
	await admin.downloadFavorites();
	await admin.expectOutcome('5 of 5 members saved');
	await admin.close();
	await admin.act(first!.email!, 'Mark as actioned');
	await admin.search('');
	await Promise.all([page.waitForEvent('download'), admin.act(second!.email!, 'Download PFP')]);
	await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export' }).click()]);
	await admin.act(second!.email!, 'Send access link');
	await admin.dialog.getByRole('button', { name: 'Send access link' }).click();
	await expect(admin.dialog.getByText(/^Sent to/)).toBeVisible();
	await admin.close();
	await page.getByRole('button', { name: 'Backup' }).first().click();
	await page.keyboard.press('Escape');
	await admin.act(second!.email!, 'View Results');
	await page
		.getByRole('button', { name: /^Open headshot/ })
		.first()
		.click();
	await expect(admin.dialog).toBeVisible();
	await page.keyboard.press('Escape');
	expect(violations).toEqual([]);
	const { log } = admin.standIn;
	const photos = log.filter(({ host }) => host === 'photo');
	expect(photos.length).toBeGreaterThan(10);
	const told = photos.filter(
		({ headers: { authorization, cookie, referer } }) => authorization ?? cookie ?? referer,
	);
	expect(told).toEqual([]);
});
