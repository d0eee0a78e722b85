import { readFile } from 'node:fs/promises';
import { expect, type Download } from '@playwright/test';
import type { ShootFacts } from '../model/facts.ts';
import type { World } from '../world.ts';
import { draw, inSomeTab, unchangedShoots } from './action.ts';

/** One member's photo, by the card's menu. */
export const onePhoto = inSomeTab('one photo', 6, async (tab, world, luck) => {
	const shoot = draw(unchangedShoots(tab, world), luck);
	if (shoot === null) return null;
	const file = luck.pick(['headshot', 'pfp'] as const);
	const says = `${file} of ${shoot.email}`;
	await tab.showAll();
	await tab.dismissMessages();
	const item = await tab.menuItem(shoot, file === 'pfp' ? 'Download PFP' : 'Download headshot');
	const isThere = shoot.favoriteId !== null && (file === 'headshot' || shoot.hasPicture);
	if (!world.online || !isThere) {
		await tab.expectBarred(item);
		return `${says}: can’t be had`;
	}
	const saved: Download[] = [];
	const listen = (download: Download) => void saved.push(download);
	tab.page.on('download', listen);
	try {
		await item.click();
		const name = `${shoot.email} - ${shoot.title} - ${file}.${file === 'pfp' ? 'png' : 'jpg'}`;
		const isLost = world.faults.lasts(shoot.id, file);
		await tab.expectMessage(isLost ? `${shoot.name}: ` : `Saved ${name}`);
		if (!isLost) await expect.poll(() => saved.map((one) => one.suggestedFilename())).toEqual([name]);
		expect(saved.length, 'what can’t be had is not saved').toBe(isLost ? 0 : 1);
		for (const download of saved) await checkPhoto(world, shoot, file, download);
		return `${says}: ${isLost ? 'failed' : 'saved'}`;
	} finally {
		tab.page.off('download', listen);
	}
});

async function checkPhoto(
	{ standIn }: World,
	{ id }: ShootFacts,
	file: 'headshot' | 'pfp',
	download: Download,
): Promise<void> {
	const bytes = await readFile(await download.path());
	await download.delete();
	if (file === 'headshot')
		expect(bytes.equals(await standIn.bytesOf(id, file)), 'as it was served').toBe(true);
	else {
		const head = {
			isPng: bytes.subarray(1, 4).toString() === 'PNG',
			width: bytes.readUInt32BE(16),
			height: bytes.readUInt32BE(20),
		};
		expect(head, 'the profile picture').toEqual({ isPng: true, width: 600, height: 600 });
	}
}
