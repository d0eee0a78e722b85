import { getContext, setContext } from 'svelte';
import type { FinishedShoot } from '$lib/members/member';
import type { Desk } from '$lib/screens/desk';
import type { Session } from '$lib/session/session.svelte';

/** What surrounds the pages gives to them. */
export interface PageContext {
	session: Session;
	desk: Desk;
	/** The page of all members as it was left: the gallery steps through a list of it, and leads back to it. */
	visited: {
		/** Whoever was in its lists. */
		lists: readonly (readonly FinishedShoot[])[];
		search: string;
		/** Who is actioned was in sight. */
		actionedOpen: boolean;
		/** The shoot whose gallery was looked at last: Back puts the focus on its card. */
		shown: string | null;
		/** How far it was scrolled when it was left, in px, where the page's own address led away from it. */
		top?: number;
	};
	/** Shows the backup of the markers. */
	showBackup: () => void;
	/** Shows what this browser keeps, and how to be rid of it. */
	showDevice: () => void;
}

const key = Symbol('session');

/** Whoever makes the session sets it; the pages find it here. */
export function setSession(context: PageContext): PageContext {
	return setContext(key, context);
}

export function getSession(): PageContext {
	return getContext<PageContext>(key);
}
