import { favorites, nameOf } from './support/company.ts';
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
	await expect(page.getByText(/items of HeadshotPro’s answer were left out/)).toBeVisible();
	await admin.downloadFavorites();
	await admin.expectOutcome('3 of 3 members saved');
});

const addresses: Record<string, { url: string; reason: string }> = {
	'http on a host that is not this machine': {
		url: 'http://photos.example/x.jpg',
		reason: 'The address of the photo is not encrypted (https).',
	},
	'a script': { url: 'javascript:alert(1)', reason: 'The address of the photo is no web address.' },
	'a data URL': {
		url: 'data:image/jpeg;base64,/9j/',
		reason: 'The address of the photo is no web address.',
	},
	'credentials inside': {
		url: 'https://user:secret@127.0.0.1/x.jpg',
		reason: 'The address of the photo carries a user name.',
	},
	nothing: { url: '', reason: 'The photo has no address.' },
	'no URL at all': { url: 'not a url', reason: 'The address of the photo is no web address.' },
};
test('a photo whose address is hostile or none is a failed file with its reason', async ({
	openAdmin,
	page,
}) => {
	const bad = Object.entries(addresses);
	const admin = await openAdmin({ members: bad.length + 1 });
	const { standIn } = admin;
	const shoots = favorites(standIn);
	for (const [at, [, { url }]] of bad.entries())
		standIn.faults.add({ kind: 'wrong-url', shootId: shoots[at]!.id, file: 'headshot', url });
	const requests: string[] = [];
	page.on('request', (request) => requests.push(request.url()));
	const archive = await admin.downloadFavorites();
	await admin.expectOutcome(`1 of ${bad.length + 1} members saved; ${bad.length} files failed`);
	for (const [at, [what, { reason }]] of bad.entries())
		await test.step(what, () => admin.expectFailure(nameOf(standIn, shoots[at]!), 'headshot.jpg', reason));
	expect(archive.paths.filter((path) => path.endsWith('headshot.jpg'))).toHaveLength(1);
	expect(requests.filter((request) => /photos\.example|secret/.test(request))).toEqual([]);
	await expect(admin.dialog).not.toContainText('secret');
});

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
