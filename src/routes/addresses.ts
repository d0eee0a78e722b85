import { resolve } from '$app/paths';
import { memberKey, type FinishedShoot } from '$lib/members/member';
import type { Roster } from '$lib/members/roster.svelte';

/** A member's page: `/members/:id?tab=headshots`, and which shoot where there are several. */
export function galleryAddress(roster: Roster, shoot: FinishedShoot, tab = 'headshots'): string {
	const query = new URLSearchParams({ tab });
	if (roster.withSeveralShoots.has(memberKey(shoot))) query.set('shoot', shoot.id);
	return `${resolve('/members/[id]', { id: shoot.memberId ?? shoot.id })}?${query.toString()}`;
}
