import { resolve } from '$app/paths';
import { writeMemberQuery, type MemberRoute } from '$lib/app/member-route';

/** A member's page: `/members/:id?tab=headshots`, and which shoot where there are several. */
export function galleryAddress(route: MemberRoute): string {
	return resolve('/members/[id]', { id: route.id }) + writeMemberQuery(route);
}
