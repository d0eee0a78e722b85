import { expect, test } from './support/fixtures.ts';

const long = 'x'.repeat(1_000_000);
const script = '<img src=x onerror="document.title=\'hacked\'"><script>document.title="hacked"</script>';
const bidi = 'photo‮gpj.exe';

test('hostile texts are shown as texts, and give safe folders', async ({ openAdmin, page }) => {
	const titles = [script, bidi, '../../etc/passwd', 'CON', '=1+1', long, '\u0000\u0007bell', '__proto__'];
	const admin = await openAdmin({
		members: titles.length,
		edit: ({ shoots, members }) => {
			titles.forEach((title, index) => {
				shoots[index]!.title = title;
				members[index]!.name = title;
			});
		},
	});
	await admin.expectCards(titles.length);
	await expect(page).not.toHaveTitle('hacked');
	const archive = await admin.downloadFavorites();
	await admin.expectOutcome(`${titles.length} of ${titles.length} members saved`);
	for (const path of archive.paths) {
		expect(path.split('/')).toHaveLength(2);
		expect(path).not.toMatch(/[\\:*?"<>|\p{Cc}\p{Cf}]|\.\./u);
		expect(Buffer.byteLength(path)).toBeLessThan(160);
	}
	const width = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
	expect(await width()).toBeLessThanOrEqual(0);
});

test('a thumbnail at a hostile address is a placeholder, and nothing is asked for it', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({ members: 2, latencyMs: 300 });
	const [shoot] = admin.standIn.company.shoots;
	const url = 'http://photos.example/thumbnail.jpg';
	admin.standIn.faults.add({ kind: 'wrong-url', shootId: shoot!.id, file: 'thumbnail', url });
	const requests: string[] = [];
	page.on('request', (request) => requests.push(request.url()));
	await page.reload();
	await admin.expectCards(2);
	await expect(admin.cards.getByRole('img')).toHaveCount(1);
	expect(requests.filter((request) => request.includes('photos.example'))).toEqual([]);
});

test('items that cannot be read are reported and left out; the rest works', async ({ openAdmin, page }) => {
	const admin = await openAdmin({
		members: 5,
		faults: [
			{
				kind: 'replace-json',
				api: /organization\/models$/,
				edit: (answer: never) => {
					const models = (answer as { models: unknown[] }).models;
					models[0] = { id: { nested: 'object' } };
					models[1] = null;
				},
			},
			{
				kind: 'replace-json',
				api: /photos\/favorites$/,
				edit: (answer: never) => {
					(answer as { photos: unknown[] }).photos.splice(0, 2, 42, 'text');
				},
			},
		],
	});
	await admin.expectCards(3);
	await expect(page.getByText(/could not be read/i).first()).toBeVisible();
	await admin.downloadFavorites();
	await admin.expectOutcome('3 of 3 members saved');
});

const addresses: Record<string, string> = {
	'http on a host that is not this machine': 'http://photos.example/x.jpg',
	'a script': 'javascript:alert(1)',
	'a data URL': 'data:image/jpeg;base64,/9j/',
	'credentials inside': 'https://user:secret@127.0.0.1/x.jpg',
	nothing: '',
	'no URL at all': 'not a url',
};
for (const [what, url] of Object.entries(addresses)) {
	test(`a photo whose address is ${what} is a failed file with its reason`, async ({ openAdmin, page }) => {
		const admin = await openAdmin({ members: 2 });
		const [shoot] = admin.standIn.company.shoots;
		admin.standIn.faults.add({ kind: 'wrong-url', shootId: shoot!.id, file: 'headshot', url });
		const requests: string[] = [];
		page.on('request', (request) => requests.push(request.url()));
		const archive = await admin.downloadFavorites();
		await admin.expectOutcome('1 of 2 members saved; 1 file failed');
		await expect(admin.failures.filter({ hasText: 'headshot.jpg' })).toHaveCount(1);
		expect(archive.paths.filter((path) => path.endsWith('headshot.jpg'))).toHaveLength(1);
		expect(requests.filter((request) => /photos\.example|secret/.test(request))).toEqual([]);
		await expect(admin.dialog).not.toContainText('secret');
	});
}

for (const [what, body] of Object.entries({
	'not JSON': '<html>proxy</html>',
	'a list': '[]',
	null: 'null',
	'cut short': '{"success":true,"models":[{"id"',
	'of other keys': '{"success":true,"data":{}}',
})) {
	test(`an answer that is ${what} is an error with a way out, not a blank page`, async ({
		openAdmin,
		page,
	}) => {
		const admin = await openAdmin({
			members: 2,
			faults: [{ kind: 'raw', body, contentType: 'application/json', api: /organization\/models$/ }],
		});
		await expect(page.getByRole('alert')).toBeVisible();
		admin.standIn.faults.clear();
		await page.getByRole('button', { name: 'Try again' }).click();
		await admin.expectCards(2);
	});
}
