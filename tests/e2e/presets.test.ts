import sharp from 'sharp';
import { presets } from '../../src/lib/download/options/presets.ts';
import { plainOptions } from '../../src/lib/download/options/options.ts';
import { favorites } from './support/company.ts';
import { expect, test, type Admin } from './support/fixtures.ts';

async function downloadWithOptions(admin: Admin) {
	const { page } = admin;
	await page.getByRole('button', { name: 'More ways to download' }).click();
	await page.getByRole('menuitem', { name: 'Options…' }).click();
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		admin.dialog.getByRole('button', { name: 'Download with these options' }).click(),
	]);
	await expect(admin.dialog.getByText(/members saved/)).toBeVisible();
	return admin.save(download);
}

for (const preset of presets) {
	test(`for ${preset.name} names, format, size and weight are what it documents`, async ({
		openAdmin,
		page,
	}) => {
		const options = { ...plainOptions, layout: preset.layouts[0], preset: preset.id };
		await page.addInitScript(
			(text) => localStorage.setItem('headshot-admin:download-options', text),
			JSON.stringify(options),
		);
		const admin = await openAdmin({ members: 8 });
		const archive = await downloadWithOptions(admin);
		await admin.expectOutcome('8 of 8 members saved');
		const pictures = archive.paths.filter((path) => path.endsWith('.jpg'));
		expect(pictures).toHaveLength(8);
		for (const path of pictures) {
			const bytes = await archive.bytes(path);
			const { format, width, height } = await sharp(bytes).metadata();
			expect(format, path).toBe('jpeg');
			expect(width! * preset.frame.height, `${path}: ${width} × ${height}`).toBe(
				height! * preset.frame.width,
			);
			expect(width!).toBeLessThanOrEqual(Math.max(preset.frame.width, preset.minSide));
			expect(Math.min(width!, height!)).toBeGreaterThanOrEqual(preset.minSide);
			expect(bytes.length).toBeLessThanOrEqual(preset.maxBytes ?? Infinity);
		}
		const mails = favorites(admin.standIn).map(({ email }) => email!);
		const named = {
			email: mails,
			'local-part': mails.map((email) => email.split('@')[0]!),
			plain: mails.map((email) => email.replace(/[^a-z0-9]/gi, '_')),
		}[preset.fileRule];
		expect(pictures).toEqual(named.map((name) => `${name}.jpg`).sort());
		if (preset.mapping) {
			const lines = (await archive.bytes(preset.mapping.path)).toString('utf8').trimEnd().split('\r\n');
			expect(lines[0]!.replaceAll('"', '')).toBe(preset.mapping.header.join(','));
			expect(lines).toHaveLength(9);
		}
	});
}

test('a plain press after that still makes the article’s archive', async ({ openAdmin, page }) => {
	await page.addInitScript(
		(text) => localStorage.setItem('headshot-admin:download-options', text),
		JSON.stringify({ ...plainOptions, layout: 'flat-headshot', index: true }),
	);
	const admin = await openAdmin({ members: 3 });
	const flat = await downloadWithOptions(admin);
	expect(flat.paths).toContain('index.csv');
	await admin.close();
	expect((await admin.downloadFavorites()).folders).toHaveLength(3);
});
