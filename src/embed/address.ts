import { readRoute, writeRoute, type Route } from './route';

/** Where the element's route is kept: nowhere, behind the page's `#`, or in its path. */
export type HistoryMode = 'none' | 'hash' | 'path';

/** The host's address bar, as far as the element was asked to use it. */
export class Address {
	readonly #mode: HistoryMode;
	/** What is before the route in the page's path. */
	readonly #base: string;
	/** The page's path when the element came. */
	readonly #home = location.pathname;

	constructor(mode: HistoryMode) {
		this.#mode = mode;
		this.#base = location.pathname.replace(/\/(headshots|members\/[^/]+)?\/?$/, '');
	}

	/** The route that the page's address names; `null` when it names none, or is not to be looked at. */
	read(): Route | null {
		const { hash, pathname, search } = location;
		if (this.#mode === 'hash') return hash.startsWith('#/') ? readRoute(hash.slice(1)) : null;
		if (this.#mode === 'path' && !this.#isHome && pathname.startsWith(`${this.#base}/`)) {
			return readRoute(pathname.slice(this.#base.length) + search);
		}
		return null;
	}

	/** What a link to that route says. Where the host's address stays its own, such a link works inside only. */
	hrefOf(route: Route): string {
		return (this.#mode === 'path' ? this.#base : '#') + writeRoute(route);
	}

	/** The route that a link leads to; `null` for one that leads elsewhere. */
	routeOf(href: string): Route | null {
		const prefix = this.#mode === 'path' ? `${this.#base}/` : '#/';
		return href.startsWith(prefix) ? readRoute(href.slice(prefix.length - 1)) : null;
	}

	/** @param how `replace` for what is typed; else it is a step of its own for Back */
	write(route: Route, how: 'push' | 'replace'): void {
		if (this.#mode === 'none') return;
		const href = this.hrefOf(route);
		const state: unknown = history.state;
		try {
			history[how === 'push' ? 'pushState' : 'replaceState'](withAddress(state, href), '', href);
		} catch {
			// Safari allows so many in half a minute: the address follows with the next change.
		}
	}

	/** Tells of Back, Forward, and an address that was edited. @param onroute gets `null` for where it all began */
	follow(onroute: (route: Route | null) => void, signal: AbortSignal): void {
		if (this.#mode === 'none') return;
		const look = () => {
			const route = this.read();
			// Another path, or what else is behind the "#", is a place of the host's own.
			if (route || this.#isHome) onroute(route);
		};
		addEventListener('popstate', look, { signal });
	}

	/** The element is on the page's very own address, with no route behind it. */
	get #isHome(): boolean {
		const { hash, pathname } = location;
		if (this.#mode === 'hash') return hash === '' && pathname === this.#home;
		return pathname === this.#base || pathname === `${this.#base}/`;
	}
}

/** The host's own state stays. vue-router notes the address in it, and would put a stale one back. */
function withAddress(state: unknown, href: string): unknown {
	if (typeof state !== 'object' || state === null || !('current' in state)) return state;
	const current = href.startsWith('#') ? location.pathname + location.search + href : href;
	return { ...state, current };
}
