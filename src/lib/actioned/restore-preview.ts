import { count, formatNumber } from '$lib/ui/numbers';
import { merge, type Marker } from './marker';
import type { MarkerMap } from './marker-map';

/** What a restore would do, in numbers of shoots. */
export interface RestorePreview {
	/** Would be actioned, and are not now. */
	added: number;
	/** Are actioned, and would get another time, favorite or note. */
	changed: number;
	/** Are actioned now, and would no longer be. */
	undone: number;
	/** Stay as they are. */
	unchanged: number;
}

/** @param current every marker there is now, the undone ones too */
export function previewRestore(current: MarkerMap, incoming: Marker[]): RestorePreview {
	const preview: RestorePreview = { added: 0, changed: 0, undone: 0, unchanged: 0 };
	for (const marker of incoming) {
		const existing = current.get(marker.shootId);
		const wins = existing === undefined || merge(existing, marker) !== existing;
		const was = existing?.state === 'actioned';
		const becomes = wins ? marker.state === 'actioned' : was;
		if (becomes && !was) preview.added += 1;
		else if (was && !becomes) preview.undone += 1;
		else if (was && wins) preview.changed += 1;
		else preview.unchanged += 1;
	}
	return preview;
}

/**
 * "12 will be added, 3 changed, 1 undone, 40 stay as they are; 2 entries could not be read."
 * @param skipped how many entries of the file could not be read
 */
export function previewInWords(
	{ added, changed, undone, unchanged }: RestorePreview,
	skipped: number,
): string {
	const verbs: [number, string][] = [
		[added, 'added'],
		[changed, 'changed'],
		[undone, 'undone'],
	];
	const parts = verbs
		.filter(([shoots]) => shoots > 0)
		.map(([shoots, verb], index) => `${formatNumber(shoots)} ${index === 0 ? 'will be ' : ''}${verb}`);
	if (unchanged > 0)
		parts.push(`${formatNumber(unchanged)} ${unchanged === 1 ? 'stays as it is' : 'stay as they are'}`);
	const unread = skipped === 0 ? '' : `; ${count(skipped, 'entry', 'entries')} could not be read`;
	return `${parts.join(', ')}${unread}.`;
}
