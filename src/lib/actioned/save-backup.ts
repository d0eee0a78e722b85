import { count } from '$lib/ui/numbers';
import { backupFilename, writeBackup } from './backup';
import type { Markers } from './markers.svelte';

/**
 * Hands a backup of all markers of the organization that is open to the browser.
 * @param name the organization's
 * @returns a sentence for the person
 * @throws StorageError when they can't be read
 */
export async function saveBackup(
	markers: Markers,
	name: string,
	save: (blob: Blob, filename: string) => void,
): Promise<string> {
	// The markers' own: who is signed in may have gone, and a backup of nobody can't be restored.
	const organization = { uid: markers.organization ?? '', name };
	const all = await markers.all();
	const now = Date.now();
	const filename = backupFilename(now);
	save(writeBackup(all, { organization, now }), filename);
	// The page counts only who is actioned.
	const undone = all.filter(({ state }) => state === 'undone').length;
	const more = undone > 0 ? ` and ${count(undone, 'undone one')}` : '';
	return `${filename}, with ${count(all.length - undone, 'marker')}${more}, is among your downloads.`;
}
