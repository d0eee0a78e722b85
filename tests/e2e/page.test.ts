import { untilKept } from './support/deployment.ts';
import { expect, test } from './support/fixtures.ts';
import { findingsInEveryLook } from './support/looks.ts';

test.use({ serviceWorkers: 'allow' });

test('the Finished section shows each shoot with favorite, name, e-mail, title and team', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ plain: false });
	await expect(page.getByRole('heading', { name: 'Finished photo shoots' })).toBeVisible();
	await admin.expectCards(51);
	const { company } = admin.standIn;
	const member = company.members.find((one) => one.status === 'finished' && one.name && one.email)!;
	const shoot = company.shoot(member.modelId!)!;
	const card = await admin.card(member.email!);
	for (const text of [member.name!, member.email!, shoot.title!, member.teamName!]) {
		await expect(card).toContainText(text);
	}
	const photo = card.getByRole('img');
	await photo.scrollIntoViewIfNeeded();
	await expect(photo).toHaveAttribute('crossorigin', 'anonymous');
	await expect.poll(() => photo.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
	// The admin's own try-out has finished with a favorite, too, and isn't among them until it is asked for.
	await admin.search('try-out@');
	await expect(admin.finished.getByText('Nobody here by that name')).toBeVisible();
	await expect(admin.cards).toHaveCount(0);
	await page.getByRole('button', { name: 'Show 1 test shoot' }).click();
	await expect(await admin.card('try-out@')).toContainText('Test shoot');
});

test('while it loads there is a skeleton of the same place', async ({ openAdmin, page }) => {
	const opening = openAdmin({ members: 4, latencyMs: 1_500 });
	await expect(page.locator('[aria-busy="true"]')).toBeVisible();
	const admin = await opening;
	await admin.expectCards(4);
	await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
});

test('a selected team scopes cards and count; a team without anybody says so', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({
		members: 6,
		edit: (company) => company.organization.teams.push({ id: 'empty-team', name: 'Nobody yet' }),
	});
	const [first] = admin.standIn.company.organization.teams;
	await page.getByLabel('Team').selectOption({ label: first!.name });
	await admin.expectCards(2);
	await page.getByLabel('Team').selectOption({ label: 'Nobody yet' });
	await admin.expectCards(0);
	await expect(admin.finished).toContainText('Nobody yet');
	await expect(admin.downloadButton).toBeDisabled();
});

test('without a finished shoot the page says what will appear here', async ({ openAdmin }) => {
	const admin = await openAdmin({ members: 0 });
	await admin.expectCards(0);
	await expect(admin.finished).toContainText(/no finished/i);
	await expect(admin.downloadButton).toBeDisabled();
});

test('an answer that fails shows its reason, and Try again brings the members', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({
		members: 3,
		faults: [{ kind: 'status', status: 500, api: /organization\/models$/, tries: 4 }],
	});
	await expect(page.getByRole('alert')).toBeVisible();
	await page.getByRole('button', { name: 'Try again' }).click();
	await admin.expectCards(3);
	await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a signed-out admin is asked to sign in, and goes on from there', async ({ openAdmin, page }) => {
	const admin = await openAdmin({ members: 3, latencyMs: 500 });
	admin.standIn.signOut();
	await page.reload();
	await expect(page.getByRole('main')).toContainText(/sign in/i);
	await expect(admin.finished).toHaveCount(0);
	admin.standIn.signIn();
	await page.getByRole('button', { name: 'Try again' }).click();
	await admin.expectCards(3);
});

test('thumbnails that fail leave a quiet placeholder, not a broken picture', async ({ openAdmin }) => {
	const admin = await openAdmin({ members: 2, faults: [{ kind: 'status', status: 404, file: 'thumbnail' }] });
	await admin.expectCards(2);
	await expect(admin.cards.getByRole('img')).toHaveCount(0);
});

test('an address that is none says so and leads to the headshots, without a network too', async ({
	openAdmin,
	page,
	context,
	complaints,
}) => {
	const admin = await openAdmin({ members: 3 });
	await admin.expectCards(3);
	await untilKept(page);
	const nowhere = `${admin.origin}/app/admin/nowhere/at/all`;
	for (const offline of [false, true]) {
		await context.setOffline(offline);
		await page.goto(nowhere);
		await expect(page.getByRole('heading', { name: 'There is no such page', level: 1 })).toBeVisible();
		if (!offline) expect(await findingsInEveryLook(page, 'no such page')).toEqual([]);
		await page.getByRole('link', { name: 'All headshots' }).click();
		await admin.expectCards(3);
	}
	await context.setOffline(false);
	// SvelteKit says so in the console as well.
	const said = complaints.splice(0).filter((line) => !line.startsWith('network: '));
	expect(said.filter((line) => !line.includes('Not found: /app/admin/nowhere/at/all'))).toEqual([]);
});

test('settings that are wrong are named on the page instead of a blank one', async ({ openAdmin, page }) => {
	const admin = await openAdmin({ members: 1, limits: { concurrency: 99 } });
	await expect(page.getByRole('alert')).toContainText('limits.concurrency');
	await admin.expectCards(0);
});
