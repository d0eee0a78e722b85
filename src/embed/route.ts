import { readMemberRoute, writeMemberQuery, type MemberRoute } from '$lib/app/member-route';
import { readView, wholeView, writeView, type View } from '$lib/screens/headshots/view';

/** Which page the element shows. */
export type Route = { page: 'headshots'; view: View } | { page: 'member'; member: MemberRoute };

export const firstRoute: Route = { page: 'headshots', view: wholeView };

/** Reads `/headshots?tab=finished` or `/members/ID?tab=headshots`; `null` for anything else. */
export function readRoute(text: string): Route | null {
	const [path = '', query = ''] = text.split('?', 2);
	const search = new URLSearchParams(query);
	if (/^\/?(headshots\/?)?$/.test(path)) return { page: 'headshots', view: readView(search) };
	const id = /^\/?members\/([^/]+)\/?$/.exec(path)?.[1];
	if (id === undefined) return null;
	try {
		return { page: 'member', member: readMemberRoute(decodeURIComponent(id), search) };
	} catch {
		// A broken escape names nobody.
		return null;
	}
}

/** What `readRoute` reads: `/headshots?tab=finished` or `/members/ID?tab=headshots`. */
export function writeRoute(route: Route): string {
	if (route.page === 'headshots') return `/headshots${writeView(route.view)}`;
	return `/members/${encodeURIComponent(route.member.id)}${writeMemberQuery(route.member)}`;
}
