import { favorites } from './support/company.ts';
import { expect, test } from './support/fixtures.ts';
import { hold } from './support/hold.ts';

test('the address holds the whole view: a link restores it, and Back leads to the one before', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ plain: false });
	const [team] = admin.standIn.company.organization.teams;
	await admin.expectCards(51);
	await page.getByRole('tab', { name: /Finished/ }).click();
	await page.getByLabel('Team').selectOption({ label: team!.name });
	await page.getByLabel('Sort').selectOption({ label: 'Sort: Name A–Z' });
	await admin.search('an');
	await expect(page).toHaveURL(`${admin.url}?team=${team!.id}&tab=finished&q=an&sort=name`);
	// Not by their texts: initials stand there until a picture is loaded.
	const shown = () => admin.cards.evaluateAll((items) => items.map((item) => item.dataset.key));
	const before = await shown();
	expect(before.length).toBeGreaterThan(1);

	const other = await page.context().newPage();
	await other.goto(page.url());
	await expect(other.getByRole('searchbox')).toHaveValue('an');
	await expect(other.getByRole('tab', { name: /Finished/ })).toHaveAttribute('aria-selected', 'true');
	await expect(other.getByLabel('Team')).toHaveValue(team!.id);
	await expect(other.getByRole('listitem').filter({ hasText: '@' })).toHaveCount(before.length);
	await other.close();

	await page.getByRole('tab', { name: /Joined/ }).click();
	await expect(page.getByRole('region', { name: 'In Progress' })).toBeVisible();
	await page.goBack();
	await expect(page.getByRole('tab', { name: /Finished/ })).toHaveAttribute('aria-selected', 'true');
	await expect.poll(shown).toEqual(before);
});

for (const way of ['Back', 'All headshots'] as const) {
	test(`${way} leads from a member’s gallery to the card that one came from`, async ({ openAdmin, page }) => {
		const admin = await openAdmin({ members: 200 });
		await admin.expectCards(200);
		const main = page.getByRole('main');
		await main.evaluate((element) => element.scrollTo({ top: 4_000 }));
		// The list follows the scrolling: what was the twelfth before it did is another one after.
		await expect(admin.cards.nth(12)).toBeInViewport();
		const key = await admin.cards.nth(12).getAttribute('data-key');
		const card = page.locator(`[data-key="${key}"]`);
		await card.hover();
		await card.getByRole('link', { name: /View Results/ }).click();
		await expect(page.getByRole('tab', { name: 'Profile picture' })).toBeVisible();
		await expect.poll(() => main.evaluate((element) => element.scrollTop)).toBe(0);
		if (way === 'Back') await page.goBack();
		else await page.getByRole('link', { name: way }).click();
		await expect.poll(() => main.evaluate((element) => element.scrollTop)).toBeGreaterThan(3_500);
		await expect(card).toBeInViewport();
		await expect(card.getByRole('link')).toBeFocused();
	});
}

test('in a gallery, the next member is the next of the list that one came from', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 5 });
	const byMail = favorites(admin.standIn).sort((a, b) => (a.email! < b.email! ? -1 : 1));
	await page.getByLabel('Sort').selectOption({ label: 'Sort: Name A–Z' });
	await expect(admin.cards.first()).toContainText(byMail[0]!.email!);
	await admin.viewFirstResults();
	for (const shoot of byMail.slice(0, 3)) {
		await expect(page.getByText(shoot.email!)).toBeVisible();
		await page.getByRole('link', { name: /^Next member/ }).click();
	}
	await page.getByRole('link', { name: /^Previous member/ }).click();
	await expect(page.getByText(byMail[2]!.email!)).toBeVisible();
	// Also after the gallery was loaded anew.
	await page.reload();
	await page.getByRole('link', { name: /^Previous member/ }).click();
	await expect(page.getByText(byMail[1]!.email!)).toBeVisible();
	await page.getByRole('link', { name: 'All headshots' }).click();
	await expect(page).toHaveURL(`${admin.url}?sort=name`);
});

test('a gallery that is opened by its address stands among everybody, without test shoots; two of one member are told apart', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 3 });
	const { company } = admin.standIn;
	const [first, second, third] = favorites(admin.standIn);
	const day = 86_400_000;
	const finished = (ago: number) => ({ finishedAt: new Date(Date.now() - ago * day).toISOString() });
	Object.assign(first!, finished(1));
	company.shoots.push(
		{ ...first!, id: `${first!.id}2`, ...finished(2) },
		{ ...second!, id: `${second!.id}t`, isDevelopment: true, ...finished(3) },
	);
	Object.assign(second!, finished(4));
	Object.assign(third!, finished(5));
	const member = company.members.find((one) => one.modelId === first!.id)!;
	await page.goto(`${admin.origin}/app/admin/members/${member.id}?tab=headshots`);
	const next = (name: RegExp) => page.getByRole('link', { name });
	await next(/^Next photo shoot/).click();
	await expect(page).toHaveURL(new RegExp(`shoot=${first!.id}2`));
	await next(/^Next member/).click();
	await expect(page.getByText(second!.email!)).toBeVisible();
	await expect(page.getByText('Test shoot')).toHaveCount(0);
	await next(/^Next member/).click();
	await expect(page.getByText(third!.email!)).toBeVisible();
	await expect(page.getByRole('link', { name: /^Next/ })).toHaveCount(0);
});

test('a member’s address leads to the latest shoot that counts, not to a test shoot after it', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({
		plain: false,
		edit: ({ shoots }) => {
			const ofAnanya = shoots.filter(({ email, finishedAt }) => email?.startsWith('ananya') && finishedAt);
			ofAnanya.sort((a, b) => Date.parse(b.finishedAt!) - Date.parse(a.finishedAt!));
			ofAnanya[0]!.isDevelopment = true;
		},
	});
	const { members } = admin.standIn.company;
	const { id } = members.find(({ email }) => email?.startsWith('ananya'))!;
	await page.goto(`${admin.origin}/app/admin/members/${id}?tab=headshots`);
	await expect(page.getByLabel('Photo shoot').getByRole('option')).toHaveText([/ \(test\)$/, / \(latest\)$/]);
	await expect(page.getByRole('main').getByText('Test shoot', { exact: true })).toHaveCount(0);
});

test('who is actioned leads to the gallery, through the actioned ones, and back to the open list', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 6 });
	const emails = favorites(admin.standIn).map(({ email }) => email!);
	for (const email of emails.slice(0, 3)) await admin.act(email, 'Mark as actioned');
	await admin.search('');
	await admin.expectCards(3);
	await admin.actioned.getByRole('button', { name: /^Actioned/ }).click();
	const rows = admin.actioned.getByRole('listitem');
	await expect(rows).toHaveText([2, 1, 0].map((n) => new RegExp(emails[n]!)));
	await rows
		.first()
		.getByRole('button', { name: /Actions/ })
		.click();
	await page.getByRole('menuitem', { name: 'View Results' }).click();
	await expect(page.getByText(emails[2]!)).toBeVisible();
	await expect(page.getByRole('link', { name: /^Previous member/ })).toHaveCount(0);
	await page.getByRole('link', { name: /^Next member/ }).click();
	await expect(page.getByText(emails[1]!)).toBeVisible();
	await page.getByRole('link', { name: 'All headshots' }).click();
	await expect(rows.filter({ hasText: emails[1]! }).getByRole('link')).toBeFocused();
});

test('two thousand members are few elements, and the card with the focus stays when it is scrolled away', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 2_000, headshotBytes: 1, rateLimit: { perMinute: 1e6 } });
	await admin.expectCards(2_000);
	const nodes = () => page.evaluate(() => document.querySelectorAll('*').length);
	expect(await nodes()).toBeLessThan(2_000);
	const button = admin.cards.nth(3).getByRole('button', { name: /Actions/ });
	const name = await button.getAttribute('aria-label');
	await button.focus();
	await page.getByRole('main').evaluate((element) => element.scrollTo({ top: element.scrollHeight / 2 }));
	await expect(page.locator('[aria-posinset="1001"]')).toBeVisible();
	expect(await nodes()).toBeLessThan(2_000);
	expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(name);
});

test('grid or list is remembered in this browser', async ({ openAdmin, page }) => {
	const admin = await openAdmin({ members: 3 });
	await page.getByRole('button', { name: 'List', exact: true }).click();
	await expect(admin.cards.first().getByRole('heading')).toHaveCount(0);
	await page.reload();
	await expect(page.getByRole('button', { name: 'List', exact: true })).toHaveAttribute(
		'aria-pressed',
		'true',
	);
	await admin.expectCards(3);
});

test('in a list of any width, a name is not squeezed by what there is to say besides', async ({
	openAdmin,
	page,
}) => {
	await openAdmin({
		plain: false,
		edit: ({ shoots }) =>
			shoots.forEach((shoot) => (shoot.teamName &&= `${shoot.teamName}, Berlin and Oslo`)),
	});
	await page.getByRole('tab', { name: 'Attention' }).click();
	const name = page.getByTitle('Ananya Patel', { exact: true }).first();
	for (let width = 320; width <= 1_000; width += 40) {
		await page.setViewportSize({ width, height: 1_000 });
		await expect(name).toBeVisible();
		const { height, hidden } = await name.evaluate((line) => ({
			height: line.clientHeight,
			hidden: line.scrollWidth - line.clientWidth,
		}));
		expect(hidden, `px of the name that are hidden at ${width} px`).toBe(0);
		expect(height, `px that the name is high at ${width} px`).toBeLessThan(40);
	}
});

test('a team that a link names and that is gone means everybody', async ({ openAdmin, page }) => {
	const admin = await openAdmin({ members: 3 });
	await page.goto(`${admin.url}?team=gone`);
	await admin.expectCards(3);
	await expect(page.getByLabel('Team')).toHaveValue('');
});

for (const width of [320, 768, 1440]) {
	test(`at ${width} px, nothing moves under the pointer when the last of the members have come`, async ({
		openAdmin,
		page,
	}) => {
		await page.setViewportSize({ width, height: 800 });
		await page.addInitScript(() => {
			const seen = new PerformanceObserver((list) => {
				for (const shift of list.getEntries() as (PerformanceEntry & { value: number })[])
					document.documentElement.dataset.shift = String(
						Number(document.documentElement.dataset.shift ?? 0) + shift.value,
					);
			});
			seen.observe({ type: 'layout-shift', buffered: true });
		});
		const rest = await hold(page, /\/organization\/models\?.*offset=200/);
		const admin = await openAdmin({
			members: 300,
			plain: false,
			headshotBytes: 1,
			rateLimit: { perMinute: 1e6 },
			// Only behind those who are here: who has no favorite, or a later shoot on another page, comes in between.
			edit: (company) => {
				company.shoots.sort((a, b) => (b.finishedAt ?? '').localeCompare(a.finishedAt ?? ''));
				for (const { id, favoriteId } of company.shoots) if (favoriteId === null) company.choose(id, 0);
			},
		});
		const part = admin.finished.getByText(/\d+ of \d+ photo shoots…/);
		await expect(part).toBeVisible();
		await expect(admin.cards.first().getByRole('img')).toBeVisible();
		rest.release();
		await expect(page.getByRole('tab', { name: 'Finished 255' })).toBeVisible();
		await expect(part).toHaveCount(0);
		await expect(admin.downloadButton).toBeEnabled();
		await expect(admin.cards.first().getByRole('img')).toBeVisible();
		// Two frames: an observer is told after the one that moved.
		await page.evaluate(
			() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
		);
		// The badge behind the organization's name, which only a stand-in has, moves aside: less than a thousandth.
		expect(Number((await page.locator('html').getAttribute('data-shift')) ?? 0)).toBeLessThan(0.001);
	});
}
