import { count } from '$lib/ui/numbers';
import { backupFilename, writeBackup } from './backup';
import type { Markers } from './markers.svelte';

/**
 * Hands a backup of all markers to the browser.
 * @returns a sentence for the person
 * @throws StorageError when they can't be read
 */
export async function saveBackup(
	markers: Markers,
	organization: { uid: string; name: string },
	save: (blob: Blob, filename: string) => void,
): Promise<string> {
	const all = await markers.all();
	const now = Date.now();
	const filename = backupFilename(now);
	save(writeBackup(all, { organization, now }), filename);
	return `${filename}, with ${count(all.length, 'marker')}, is among your downloads.`;
}
