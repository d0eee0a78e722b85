import type { FinishedShoot } from '$lib/members/member';

/** Where this tab keeps which list was looked at last, for when the gallery is loaded anew. */
const KEY = 'headshot-admin:list';

/** The page of all members as it was left: the gallery steps through a list of it, and leads back to it. */
export interface Visited {
	/** Whoever was in its lists; empty before there were any. */
	lists: readonly (readonly FinishedShoot[])[];
	/** Its query, e.g. `?tab=finished&q=ada`; of this tab's last visit, until it is looked at again. */
	search: string;
	/** The shoot whose gallery was looked at last: Back puts the focus on its card. */
	shown: string | null;
	/** Who is actioned was in sight. */
	actionedOpen: boolean;
	/** How far it was scrolled when it was left, in px, where the page's own address led away from it. */
	top?: number;
}

/** Session storage may be refused or full, which is no error: then the gallery begins with everybody. */
export function newVisited(): Visited {
	let search = '';
	try {
		search = sessionStorage.getItem(KEY) ?? '';
	} catch {
		// Then everybody.
	}
	return {
		lists: [],
		shown: null,
		actionedOpen: false,
		get search() {
			return search;
		},
		set search(query) {
			search = query;
			try {
				sessionStorage.setItem(KEY, query);
			} catch {
				// Then it isn't remembered.
			}
		},
	};
}

/** Nothing of it stays in this tab. */
export function forgetVisited(): void {
	try {
		sessionStorage.removeItem(KEY);
	} catch {
		// Then nothing is kept there.
	}
}
