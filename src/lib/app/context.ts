import { getContext, setContext } from 'svelte';
import type { Desk } from '$lib/screens/desk';
import type { Session } from '$lib/session/session.svelte';
import type { Visited } from './visited';

/** What surrounds the pages gives to them. */
export interface PageContext {
	session: Session;
	desk: Desk;
	/** The page of all members as it was left. */
	visited: Visited;
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
