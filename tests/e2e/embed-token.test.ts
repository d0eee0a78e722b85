import { expect, test, told } from './support/embed.ts';
import { photoRequests } from './support/requests.ts';

test('given a host that signs in by tokens, then they go to the API only: no cookie there, no credential to a photo host, nothing kept', async ({
	openHost,
	page,
}) => {
	const admin = await openHost({ members: 3, tokens: ['good'] });
	await admin.expectCards(3);
	expect((await admin.downloadFavorites()).folders).toHaveLength(3);
	const { log } = admin.standIn;
	const api = log.filter(({ host }) => host === 'api');
	expect(api.map(({ headers }) => headers.authorization)).toEqual(api.map(() => 'Bearer good'));
	expect(api.filter(({ headers }) => headers.cookie !== undefined)).toEqual([]);
	expect(photoRequests(admin.standIn)).toHaveLength(6);
	const credentials = log
		.filter(({ host }) => host === 'photo')
		.filter(({ headers: { authorization, cookie, referer } }) => authorization ?? cookie ?? referer);
	expect(credentials).toEqual([]);
	expect(log.filter(({ query, path }) => `${path}?${query.toString()}`.includes('good'))).toEqual([]);
	const kept = await page.evaluate(async () => {
		const databases = await indexedDB.databases();
		const dump = await Promise.all(
			databases.map(
				({ name }) =>
					new Promise<unknown[]>((resolve, reject) => {
						const opening = indexedDB.open(name!);
						opening.onerror = () => reject(opening.error);
						opening.onsuccess = () => {
							const db = opening.result;
							const stores = [...db.objectStoreNames];
							if (stores.length === 0) return resolve([]);
							const transaction = db.transaction(stores);
							const readings = stores.map((store) => transaction.objectStore(store).getAll());
							transaction.oncomplete = () => {
								db.close();
								resolve(readings.map(({ result }) => result as unknown));
							};
						};
					}),
			),
		);
		return JSON.stringify([dump, { ...localStorage }, { ...sessionStorage }, document.cookie, location.href]);
	});
	expect(kept).not.toContain('"good"');
	expect(kept).not.toContain('Bearer');
});

test('given an expired token, then a fresh one is asked for, and the admin notices nothing', async ({
	openHost,
}) => {
	const admin = await openHost({ members: 3, tokens: ['expired', 'good'] });
	await admin.expectCards(3);
	expect((await admin.downloadFavorites()).folders).toHaveLength(3);
});

test('given a host that has only expired tokens, then the admin is signed out, and the host is told', async ({
	openHost,
	page,
}) => {
	await openHost({ members: 3, tokens: ['expired'] });
	await expect(page.getByText('You are signed out')).toBeVisible();
	expect((await told(page)).map(({ detail }) => detail)).toContainEqual({
		code: 'signed-out',
		message: 'The admin is signed out.',
	});
});

test('given a getToken that throws, then the page says why, and Try again asks once more', async ({
	openHost,
	page,
}) => {
	let broken = true;
	const admin = await openHost({
		members: 3,
		tokens: ['good'],
		onToken: (response) => {
			if (!broken) return false;
			response.writeHead(500).end();
			return true;
		},
	});
	await expect(page.getByRole('alert')).toContainText(
		'The page around this one gave no access token: the sign-in server answered 500',
	);
	expect((await told(page)).map(({ detail }) => (detail as { code?: string }).code)).toContain('token');
	broken = false;
	await page.getByRole('button', { name: 'Try again' }).click();
	await admin.expectCards(3);
});

test('given a getToken that hangs, then after 15 seconds the page says so, and Try again asks once more', async ({
	openHost,
	page,
}) => {
	await page.clock.install();
	let isHanging = true;
	let asked = 0;
	const admin = await openHost({
		members: 3,
		tokens: ['good'],
		onToken() {
			asked++;
			return isHanging;
		},
	});
	await expect.poll(() => asked).toBe(1);
	await page.clock.runFor(14_000);
	await expect(page.getByRole('alert')).toBeHidden();
	await page.clock.runFor(1_500);
	const sentence = 'The page around this one gave no access token: it did not answer within 15 seconds.';
	await expect(page.getByRole('alert')).toContainText(sentence);
	expect((await told(page)).map(({ detail }) => detail)).toContainEqual({ code: 'token', message: sentence });
	isHanging = false;
	await page.getByRole('button', { name: 'Try again' }).click();
	await admin.expectCards(3);
});

test('given another organization than the expected one, then nothing of it is shown, and that is said', async ({
	openHost,
	page,
}) => {
	const admin = await openHost({ members: 3, attributes: { organization: 'expected' } });
	await expect(page.getByRole('alert')).toContainText('expects another organization');
	await expect(admin.cards).toHaveCount(0);
	const { name } = admin.standIn.company.organization;
	await expect(page.locator('headshot-admin')).not.toContainText(name!);
	await page.locator('headshot-admin').evaluate((element, uid) => {
		element.setAttribute('organization', uid);
	}, admin.standIn.company.organization.uid);
	await admin.expectCards(3);
});

test('given a host that sets another getToken, as React does with every render, then that one is asked from then on', async ({
	openHost,
	page,
}) => {
	const auth = { kind: 'bearer' as const, tokens: ['good', 'second'] };
	const admin = await openHost({ members: 3, tokens: ['good'], auth });
	await admin.expectCards(3);
	await page.locator('headshot-admin').evaluate((element) => {
		Object.assign(element, { getToken: async () => 'second' });
	});
	// The first one's session is over.
	admin.standIn.faults.add({ kind: 'status', status: 401, api: /organization$/, tries: 1 });
	const before = admin.standIn.log.length;
	await page.evaluate(() => void dispatchEvent(new Event('offline')));
	const tokens = () =>
		admin.standIn.log.slice(before).flatMap(({ path, headers, status }) => {
			return path.endsWith('/organization') && status === 200 ? [headers.authorization] : [];
		});

	await expect.poll(tokens).toEqual(['Bearer second']);
	await admin.expectCards(3);
});

test('given an interrupted download of an organization that is not expected, then it is not offered', async ({
	openHost,
	page,
}) => {
	const admin = await openHost({ members: 3 });
	await admin.expectCards(3);
	// Where no session looks for what nobody needs just now.
	await page.goto(`${admin.origin}/embed/headshot-admin.js`);
	await page.evaluate(interrupt, admin.standIn.company.organization.uid);
	await admin.open();
	await expect(page.getByText(/was interrupted/)).toBeVisible();
	await page
		.locator('headshot-admin')
		.evaluate((element) => element.setAttribute('organization', 'expected'));
	await expect(page.getByRole('alert')).toContainText('expects another organization');
	await expect(page.getByText(/was interrupted/)).toBeHidden();
});

/** Runs in the page: leaves what a download of this organization would leave that was cut off. */
async function interrupt(organization: string): Promise<void> {
	const id = 'interrupted';
	const options = { layout: 'folders', files: 'both', size: null, quality: 0.95, maxBytes: null };
	const request = {
		...{ id, organizationUid: organization, series: null, teamId: null, shootIds: null, files: null },
		...{ continues: false, whateverRoom: false, organization: null, filename: 'team-photos-2026-11-24.zip' },
		options: { ...options, index: false, readme: false, preset: null },
	};
	const root = await navigator.storage.getDirectory();
	const folder = await root.getDirectoryHandle('headshot-admin', { create: true });
	const file = await (await folder.getFileHandle(id, { create: true })).createWritable();
	await file.close();
	await new Promise<void>((resolve, reject) => {
		const opening = indexedDB.open('headshot-admin');
		opening.onerror = () => reject(opening.error);
		opening.onsuccess = () => {
			const db = opening.result;
			const writing = db.transaction('jobs', 'readwrite');
			const times = { startedAt: Date.now(), finishedAt: null };
			writing
				.objectStore('jobs')
				.put({ id, organization, request, ...times, membersDone: 1, membersTotal: 3 });
			writing.oncomplete = () => {
				db.close();
				resolve();
			};
		};
	});
}

test('given a token of another organization while access links are sent, then none leaves with it', async ({
	openHost,
	page,
}) => {
	const admin = await openHost({
		members: 6,
		latencyMs: 300,
		edit: ({ organization }) => void (organization.uid = 'mine'),
		attributes: { organization: 'mine' },
	});
	await admin.expectCards(6);
	const posts = () => admin.standIn.log.filter(({ method }) => method === 'POST').length;
	await page.getByRole('button', { name: 'Select all' }).click();
	await page.getByRole('button', { name: 'Send access link' }).click();
	await admin.dialog.getByRole('button', { name: /^Send \d access links$/ }).click();
	await expect.poll(posts).toBeGreaterThan(0);
	admin.standIn.company.organization.uid = 'other';
	await page.evaluate(() => void dispatchEvent(new Event('offline')));
	await expect(page.getByRole('alert').filter({ hasText: 'expects another organization' })).toBeVisible();
	await expect(admin.dialog).toBeHidden();
	const sent = posts();
	expect(sent).toBeLessThan(4);
	await page.waitForTimeout(1_500);
	expect(posts()).toBe(sent);
});

test('given a token of another organization in the middle of the work, then no photo of that one is fetched', async ({
	openHost,
	page,
}) => {
	const admin = await openHost({
		members: 3,
		tokens: ['good', 'other'],
		auth: { kind: 'bearer', tokens: ['good', 'other'] },
		edit: ({ organization }) => void (organization.uid = 'mine'),
		attributes: { organization: 'mine' },
	});
	await admin.expectCards(3);
	// Somebody signs in elsewhere: the host's tokens are another organization's from now on.
	admin.standIn.company.organization.uid = 'other';
	await admin.expectNoDownload(async () => {
		await admin.startDownload();
		await expect(admin.dialog.getByText(/expects another organization/).first()).toBeVisible();
	});
	expect(photoRequests(admin.standIn)).toEqual([]);
	expect((await told(page)).map(({ detail }) => (detail as { code?: string }).code)).toContain(
		'organization',
	);
});
