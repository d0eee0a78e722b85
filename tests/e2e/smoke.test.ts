import { expect, test } from './support/fixtures.ts';

for (let i = 0; i < 6; i++) test('downloads' + i, async ({ openAdmin, page, complaints }) => {
	const admin = await openAdmin({ members: 6 });
	await expect(admin.cards).toHaveCount(6);
	const t0 = Date.now();
	await admin.startDownload();
	await Promise.race([admin.expectOutcome('6 of 6 members saved'), page.waitForTimeout(10000)]).catch(() => {});
	console.log('done', Date.now() - t0, await admin.dialog.textContent(), complaints);
	const w = page.workers()[0];
	if (!w) return;
	const r = await Promise.race([w.evaluate(async () => {
		const out: string[] = [];
		const c = new OffscreenCanvas(10, 10); const x = c.getContext('2d')!; x.fillRect(0,0,5,5); out.push('ctx');
		const b = await Promise.race([c.convertToBlob({ type: 'image/png' }), new Promise((r) => setTimeout(() => r('blob timeout'), 2000))]); out.push(String(b));
		if (b instanceof Blob) { const m = await Promise.race([createImageBitmap(b), new Promise((r) => setTimeout(() => r('bm timeout'), 2000))]); out.push(String(m)); }
		return out;
	}), new Promise((r) => setTimeout(() => r('eval timeout'), 8000))]);
	console.log(r);
});
