import type { DownloadOptions } from '$lib/download/options/options';
import { count, formatNumber } from '$lib/ui/numbers';
import type { Place } from './places';
import { presetOf } from '$lib/download/options/presets';

/** What the system that the photos are for won't take as it is: a sentence each. */
export function presetNotes(
	favorites: readonly { email: string | null; isLatest: boolean }[],
	places: readonly Place[],
	{ preset }: DownloadOptions,
): string[] {
	const demands = presetOf(preset);
	if (demands === null) return [];
	const notes: string[] = [];
	const lost = favorites.filter(({ email, isLatest }, index) =>
		demands.mapping ? email === null || !isLatest : !places[index]!.isExact,
	);
	if (lost.length > 0) {
		notes.push(
			`${count(lost.length, 'file')} can’t be matched by ${demands.name}: no usable e-mail, or a second favorite of one member.`,
		);
	}
	if (demands.maxFiles !== null && favorites.length > demands.maxFiles) {
		notes.push(
			`${demands.name} takes ${formatNumber(demands.maxFiles)} pictures at a time, and these are ${formatNumber(favorites.length)}: download them team by team.`,
		);
	}
	return notes;
}
