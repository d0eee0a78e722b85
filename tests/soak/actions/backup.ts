import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import type { MarkerRecord } from '../../../src/lib/storage/schema.ts';
import { draw, drawTab, type Action } from './action.ts';
import { untilHidden, untilShown } from '../waits.ts';

/** Backs up, and restores what a colleague has made of the file since. */
export const backup: Action = {
	name: 'backup',
	weight: 2,
	async run(world, luck) {
		const { marks } = world;
		if (marks.actioned.size === 0) return null;
		const tab = await drawTab(world, luck);
		const { admin, page } = tab;
		await tab.showAll();
		await admin.actioned.getByRole('button', { name: /^Backup/ }).click();
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			admin.dialog.getByRole('button', { name: 'Download backup' }).click(),
		]);
		const saved = JSON.parse(await readFile(await download.path(), 'utf8')) as { markers: MarkerRecord[] };
		await download.delete();
		const actioned = saved.markers.filter(({ state }) => state === 'actioned');
		expect(new Map(actioned.map(({ shootId, photoId, note }) => [shootId, { photoId, note }]))).toEqual(
			marks.actioned,
		);

		const changed = draw(saved.markers, luck)!;
		changed.at = Date.now() + 1;
		changed.state = changed.state === 'actioned' ? 'undone' : 'actioned';
		await admin.dialog.locator('input[type=file]').setInputFiles({
			name: 'backup.json',
			mimeType: 'application/json',
			buffer: Buffer.from(JSON.stringify(saved)),
		});
		await admin.dialog.getByRole('button', { name: 'Restore', exact: true }).click();
		await untilShown(admin.dialog.getByText('Restored: 1 marker changed.'));
		if (changed.state === 'undone') marks.undo(changed.shootId);
		else {
			marks.note(changed.shootId, changed.note);
			marks.mark(changed.shootId, changed.photoId);
		}
		await admin.dialog.getByRole('button', { name: 'Close' }).last().click();
		await untilHidden(admin.dialog);
		return `${actioned.length} markers, one ${changed.state} by a colleague`;
	},
};
