/** HeadshotPro's article on approving and managing headshots, a promise at a time: review, downloads, export. */
import { readFile } from 'node:fs/promises';
import type { Download, Locator } from '@playwright/test';
import sharp from 'sharp';
import { asDelivered } from './support/as-delivered.ts';
import { favorites, someone } from './support/company.ts';
import { day } from './support/days.ts';
import { expect, test } from './support/fixtures.ts';
import { gate } from './support/gate.ts';
import { difference, pixelsOf } from './support/pixels.ts';
import { callsTo } from './support/requests.ts';

test.use(asDelivered);

async function bytesOf(download: Download): Promise<Buffer> {
	return readFile(await download.path());
}

/** What is transparent is in sight for Playwright. */
const isSeen = (locator: Locator) =>
	locator.evaluate((element) => element.checkVisibility({ opacityProperty: true }));

test('who finishes lands in the Finished section by itself, and so does a favorite that is chosen', async ({
	openAdmin,
	page,
}) => {
	await page.clock.install();
	const admin = await openAdmin({ members: 4, edit: (company) => company.retry(company.shoots[0]!.id) });
	const { company } = admin.standIn;
	const [shoot, other] = company.shoots;
	const member = company.members.find(({ modelId }) => modelId === shoot!.id)!;
	await admin.expectCards(3);
	const asked = () => callsTo(admin.standIn, '/models').length;
	const once = asked();
	/** Looks elsewhere, and comes back to the page, which stays open. */
	const comeBackAfter = async (minutes: string) => {
		await page.clock.fastForward(minutes);
		await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
	};

	Object.assign(shoot!, { status: 'active', finishedAt: other!.finishedAt });
	Object.assign(member, { status: 'finished', modelStatus: 'active' });
	await comeBackAfter('04:00');
	await comeBackAfter('01:30');
	await admin.expectCards(4);
	expect(asked(), 'times it has asked: not after four minutes').toBe(2 * once);
	const card = admin.cards.filter({ hasText: shoot!.email! });
	await expect(card.getByText('No favorite yet')).toBeVisible();

	company.choose(shoot!.id, 2);
	await comeBackAfter('05:30');
	await expect(card.getByText('No favorite yet')).toHaveCount(0);
	await expect(card.getByRole('img')).toHaveAttribute('src', new RegExp(company.favoriteOf(shoot!.id)!.id));
});

test('the Finished photo shoots section is at /app/admin/headshots, each card with the chosen favorite', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({
		members: 4,
		edit: (company) => company.shoots.forEach(({ id }, place) => company.choose(id, 2 * place + 1)),
	});
	const { company } = admin.standIn;
	expect(new URL(page.url()).pathname).toBe('/app/admin/headshots');
	await expect(admin.finished.getByRole('heading', { name: 'Finished photo shoots' })).toBeVisible();
	for (const [place, { id, email }] of company.shoots.entries()) {
		const photo = admin.cards.filter({ hasText: email! }).getByRole('img');
		await expect.poll(() => photo.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
		const { pathname } = new URL(await photo.evaluate((img: HTMLImageElement) => img.currentSrc));
		expect(pathname).toBe(`/shoots/${id}/${company.photosOf(id)[2 * place + 1]!.id}/thumbnail.jpg`);
	}
});

test('View Results shows on hover, and opens the member’s whole gallery', async ({ openAdmin, page }) => {
	const admin = await openAdmin({
		members: 4,
		// More than one page of the backend's list.
		edit: ({ shoots }) => shoots.forEach((shoot) => (shoot.photoCount = 75)),
	});
	const { company } = admin.standIn;
	const { shoot, member, email, name } = someone(admin.standIn);
	const card = await admin.card(email);
	const results = card.getByRole('link', { name: /View Results/ });
	expect(await isSeen(results)).toBe(false);
	await card.hover();
	await expect.poll(() => isSeen(results)).toBe(true);
	await results.click();
	await expect(page).toHaveURL(`${admin.origin}/app/admin/members/${member.id}?tab=headshots`);
	await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
	const photos = page.getByRole('button', { name: /^Open headshot/ });
	await expect(async () => {
		await photos.last().scrollIntoViewIfNeeded();
		expect(await photos.count()).toBe(75);
	}).toPass();
	const shown = await photos
		.locator('img')
		.evaluateAll((images) =>
			images.map((img) => new URL((img as HTMLImageElement).src).pathname.split('/').at(-2)),
		);
	expect(shown[0], 'the favorite comes first').toBe(shoot.favoriteId);
	expect(shown.toSorted()).toEqual(
		company
			.photosOf(shoot.id)
			.map(({ id }) => id)
			.toSorted(),
	);

	await page.goBack();
	await expect(page.getByRole('searchbox')).toHaveValue(email);
	await expect(admin.cards).toHaveCount(1);
});

test.describe('where nothing hovers', () => {
	test.use({ hasTouch: true, isMobile: true, viewport: { width: 412, height: 915 } });

	test('View Results is in sight, and a tap on it opens the gallery', async ({ openAdmin, page }) => {
		const admin = await openAdmin({ members: 2 });
		const results = admin.cards.first().getByRole('link', { name: /View Results/ });
		await expect.poll(() => isSeen(results)).toBe(true);
		await results.tap();
		await expect(page).toHaveURL(/\/app\/admin\/members\/.+\?tab=headshots$/);
	});
});

test('Download PFP in the Actions menu saves the member’s picture as a PNG of 600 × 600 px, with its transparency', async ({
	openAdmin,
	page,
}) => {
	const profilePicture = { size: 1024, format: 'png' as const };
	const admin = await openAdmin({
		members: 4,
		edit: ({ shoots }) =>
			shoots.forEach((shoot, place) => Object.assign(shoot, { profilePicture, face: place })),
	});
	const { shoot, email } = someone(admin.standIn);
	const [download] = await Promise.all([page.waitForEvent('download'), admin.act(email, 'Download PFP')]);
	expect(download.suggestedFilename()).toBe(`${email} - ${shoot.title} - pfp.png`);
	const saved = sharp(await bytesOf(download));
	expect(await saved.metadata()).toMatchObject({ format: 'png', width: 600, height: 600, hasAlpha: true });

	const pixels = await saved.raw().toBuffer();
	const servedOf = async (id: string) => pixelsOf(await admin.standIn.bytesOf(id, 'pfp'), 600);
	expect(difference(pixels, await servedOf(shoot.id))).toBeLessThan(0.7);
	expect(pixels[3], 'the alpha of a corner').toBe(0);
	const another = favorites(admin.standIn).find(({ id }) => id !== shoot.id)!;
	expect(difference(pixels, await servedOf(another.id)), 'somebody else').toBeGreaterThan(5);
});

test('Download Favorites brings all of the team with a favorite, whatever is marked or searched for', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 12 });
	const { company } = admin.standIn;
	const [team] = company.organization.teams;
	company.choose(company.shoots.find(({ teamId }) => teamId === team!.id)!.id, null);
	await page.reload();
	await page.getByLabel('Team').selectOption({ label: team!.name });
	await admin.expectCards(4);
	const mine = favorites(admin.standIn).filter((shoot) => shoot.teamId === team!.id);
	expect(mine).toHaveLength(3);
	await admin.act(mine[0]!.email!, 'Mark as actioned');
	await admin.card(mine[1]!.email!);

	const archive = await admin.downloadFavorites();
	expect(archive.filename).toBe(`team-photos-${day()}.zip`);
	const filesOf = ({ email, title }: (typeof mine)[number]) =>
		['headshot.jpg', 'pfp.jpg'].map((file) => `${email} - ${title}/${file}`);
	expect(archive.paths).toEqual(mine.flatMap(filesOf).sort());
	await admin.close();

	await page.getByLabel('Team').selectOption({ label: 'All teams' });
	const whole = await admin.downloadFavorites();
	expect(whole.paths).toEqual(favorites(admin.standIn).flatMap(filesOf).sort());
	expect(whole.folders).toHaveLength(11);
});

test('Download Favorites shows how far it is by a bar that moves on with the photos, and never goes back', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 6 });
	const gates = favorites(admin.standIn).map(({ id: shootId }) => {
		const held = gate();
		for (const file of ['headshot', 'pfp'] as const)
			admin.standIn.faults.add({ kind: 'hold', until: held.until, shootId, file });
		return held;
	});
	const seen = await page.evaluateHandle(() => {
		const values: number[] = [];
		new MutationObserver(() => {
			const value = document
				.querySelector('[role="dialog"] [role="progressbar"]')
				?.getAttribute('aria-valuenow');
			if (value) values.push(Number(value));
		}).observe(document, { subtree: true, childList: true, attributes: true });
		return values;
	});
	await admin.startDownload();
	await expect(admin.progressBar).toHaveAccessibleName('Download progress');
	await expect(admin.progressBar).toHaveAttribute('aria-valuetext', '0%, 0 of 6 members');
	for (const [place, held] of gates.slice(0, -1).entries()) {
		const before = await admin.progress();
		held.open();
		const members = new RegExp(`^\\d+%, ${place + 1} of 6 members$`);
		await expect(admin.progressBar).toHaveAttribute('aria-valuetext', members);
		expect(await admin.progress()).toBeGreaterThan(before);
	}
	gates.at(-1)!.open();
	await admin.expectOutcome('6 of 6 members saved');
	const values = await seen.jsonValue();
	expect(values).toEqual(values.toSorted((one, other) => one - other));
	expect(new Set(values).size).toBeGreaterThan(5);
});

test('Export saves a spreadsheet of everybody, whatever their status, or of the selected team', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ plain: false });
	const { company } = admin.standIn;
	await admin.expectCards(51);
	const { email, member } = someone(admin.standIn);
	await admin.act(email, 'Mark as actioned');
	const exported = async () => {
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('button', { name: 'Export' }).click(),
		]);
		expect(download.suggestedFilename()).toBe(`members-${day()}.csv`);
		const text = (await bytesOf(download)).toString('utf8');
		expect(text).toMatch(/^\uFEFF.*\r\n$/s);
		return text.slice(1).trimEnd().split('\r\n');
	};
	const line = (...cells: (string | null)[]) => cells.map((cell) => `"${cell ?? ''}"`).join(',');

	const invited = company.invites.filter(({ status }) => status === 'pending');
	const all = [
		...company.members.map((one) => {
			const its = company.shoot(one.modelId ?? '');
			const [status, finished] =
				one.status === 'finished' ? ['Finished', day(its!.finishedAt!)] : ['Joined', null];
			const actioned = one === member ? day() : null;
			return line(one.teamName, one.email, its?.title ?? null, status!, finished!, one.name, actioned);
		}),
		...invited.map(({ teamName, email }) => line(teamName, email, null, 'Invited', null, null, null)),
	];

	const [header, ...rows] = await exported();
	expect(header).toBe(line('Team', 'Email', 'Title', 'Status', 'Finished date', 'Name', 'Actioned date'));
	expect(rows.toSorted()).toEqual(all.toSorted());
	const count = (status: string) => rows.filter((row) => row.includes(`"${status}"`)).length;
	expect([count('Finished'), count('Joined'), count('Invited')]).toEqual([49, 11, 6]);

	// A search narrows what is seen, a team what is exported.
	const [team] = company.organization.teams;
	await page.getByLabel('Team').selectOption({ label: team!.name });
	const [sameHeader, ...ofTeam] = await exported();
	expect(sameHeader).toBe(header);
	expect(ofTeam.toSorted()).toEqual(all.filter((row) => row.startsWith(`"${team!.name}",`)).toSorted());
	expect(ofTeam.length).toBeGreaterThan(10);
});
