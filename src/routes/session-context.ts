import { getContext, setContext } from 'svelte';
import type { Session } from '$lib/session/session.svelte';

const key = Symbol('session');

/** The layout makes the session; its pages find it here. */
export function setSession(session: Session): Session {
	return setContext(key, session);
}

export function getSession(): Session {
	return getContext<Session>(key);
}
