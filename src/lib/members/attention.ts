import { memberKey, type FinishedShoot } from './member';
import { folderKey } from './names';

/** What would spoil a hand-over, in the order of the page. */
export const concerns = [
	'no-favorite',
	'no-profile-picture',
	'several-shoots',
	'same-folder',
	'changed',
	'overdue',
] as const;
export type Concern = (typeof concerns)[number];

/** Finished for longer than this and not handed over, in ms: three weeks. */
const OVERDUE = 21 * 24 * 3600_000;

/** What is known of a shoot's hand-over. */
export interface Handover {
	actioned(shoot: FinishedShoot): boolean;
	/** Actioned, and the member has chosen another favorite since. */
	changed(shoot: FinishedShoot): boolean;
	/** ms since the epoch */
	now: number;
}

/** The shoots with each concern, in their order. What is handed over concerns nobody, unless it has changed since. */
export function attention(
	shoots: readonly FinishedShoot[],
	{ actioned, changed, now }: Handover,
): Record<Concern, ReadonlySet<FinishedShoot>> {
	const found: Record<Concern, Set<FinishedShoot>> = {
		'no-favorite': new Set(),
		'no-profile-picture': new Set(),
		'several-shoots': new Set(),
		'same-folder': new Set(),
		changed: new Set(),
		overdue: new Set(),
	};
	const open = shoots.filter((shoot) => !actioned(shoot));
	const perMember = grouped(shoots, memberKey);
	// Who is actioned, too, has a folder in the archive; who has no favorite has none.
	const clashing = sameFolder(shoots.filter(({ favorite }) => favorite !== null));
	for (const shoot of shoots) if (changed(shoot)) found.changed.add(shoot);
	for (const shoot of open) {
		if (shoot.favorite === null) found['no-favorite'].add(shoot);
		if (shoot.favorite?.profilePicture.kind === 'none') found['no-profile-picture'].add(shoot);
		if (perMember.get(memberKey(shoot))!.length > 1) found['several-shoots'].add(shoot);
		if (clashing.has(shoot)) found['same-folder'].add(shoot);
		if (shoot.finishedAt !== null && now - shoot.finishedAt > OVERDUE) found.overdue.add(shoot);
	}
	return found;
}

/**
 * Shoots of different members whose folders would have the same name, so that one gets a number. With plain addresses
 * only the same address can do that, and making ten thousand names to find none would take a noticeable moment.
 */
function sameFolder(shoots: readonly FinishedShoot[]): Set<FinishedShoot> {
	const perAddress = grouped(shoots, ({ email }) => email?.toLowerCase() ?? '');
	const allPlain = shoots.every(({ email }) => email === null || isPlain(email));
	const suspects = allPlain
		? shoots.filter(({ email }) => email === null || perAddress.get(email.toLowerCase())!.length > 1)
		: shoots;
	const clashing = new Set<FinishedShoot>();
	for (const group of grouped(suspects, folderKey).values()) {
		if (new Set(group.map(memberKey)).size > 1) for (const shoot of group) clashing.add(shoot);
	}
	return clashing;
}

/** Stays what it is in a folder's name. */
function isPlain(email: string): boolean {
	return /^[a-z0-9][\w.+-]{0,60}@[\w.-]{1,40}[a-z]$/i.test(email);
}

function grouped<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const item of items) {
		const group = groups.get(key(item));
		if (group) group.push(item);
		else groups.set(key(item), [item]);
	}
	return groups;
}
