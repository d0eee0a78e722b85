import type { FinishedShoot } from '$lib/members/member';
import { recall, remember } from '$lib/storage/local';

/** Where this tab keeps which list of an organization was looked at last, for when the gallery is loaded anew. */
const KEY = 'headshot-admin:list:';

/** The page of all members as it was left: the gallery steps through a list of it, and leads back to it. */
export interface Visited {
	/** Whoever was in its lists; empty before there were any. */
	lists: readonly (readonly FinishedShoot[])[];
	/** Its query, e.g. `?tab=finished&q=ada`. */
	search: string;
	/** The shoot whose gallery was looked at last: Back puts the focus on its card. */
	shown: string | null;
	/** Who is actioned was in sight. */
	actionedOpen: boolean;
	/** How far it was scrolled when it was left, in px, where the page's own address led away from it. */
	top?: number;
}

export function newVisited(): Visited {
	return { lists: [], search: '', shown: null, actionedOpen: false };
}

/** The query of an organization's list that this tab has shown last; empty where none is known. */
export function recallSearch(organization: string): string {
	return recall(KEY + organization, 'sessionStorage') ?? '';
}

/** For a gallery that is loaded anew; where it can't be kept, that one begins with everybody. */
export function rememberSearch(organization: string, search: string): void {
	remember(KEY + organization, search, 'sessionStorage');
}

/** Nothing of any stays in this tab. */
export function forgetSearches(): void {
	try {
		for (const key of Object.keys(sessionStorage)) if (key.startsWith(KEY)) sessionStorage.removeItem(key);
	} catch {
		// Then nothing is kept there.
	}
}
