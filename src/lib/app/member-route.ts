import { memberKey, type FinishedShoot } from '$lib/members/member';
import type { Roster } from '$lib/members/roster.svelte';
import type { GalleryTab } from '$lib/screens/gallery/gallery-screen';

/** Which gallery is shown, and what of it. All of it is in the page's address. */
export interface MemberRoute {
	/** The member's id, or that of a shoot whose member has left. */
	id: string;
	tab: GalleryTab;
	/** Which of the member's shoots; `null` for the latest. */
	shoot: string | null;
}

/** Where a shoot is shown: the shoot is named only where its member has several. */
export function memberRoute(
	roster: Roster,
	shoot: FinishedShoot,
	tab: GalleryTab = 'headshots',
): MemberRoute {
	const several = roster.withSeveralShoots.has(memberKey(shoot));
	return { id: shoot.memberId ?? shoot.id, tab, shoot: several ? shoot.id : null };
}

/** Reads `?tab=&shoot=`; whatever isn't known is left at its default. */
export function readMemberRoute(id: string, query: URLSearchParams): MemberRoute {
	const tab = query.get('tab') === 'profile-picture' ? 'profile-picture' : 'headshots';
	return { id, tab, shoot: query.get('shoot') || null };
}

/** The query of a gallery: `?tab=headshots`. */
export function writeMemberQuery({ tab, shoot }: MemberRoute): string {
	const query = new URLSearchParams({ tab });
	if (shoot !== null) query.set('shoot', shoot);
	return `?${query.toString()}`;
}
