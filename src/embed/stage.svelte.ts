import { mount, unmount } from 'svelte';
import '../app.css';
import './embed.css';
import './locale.svelte';
import { Device } from '$lib/app/device.svelte';
import { Desk } from '$lib/screens/desk';
import type { GetToken } from '$lib/backend/token';
import { parseConfig, type Config } from '$lib/session/config';
import { wholeView } from '$lib/screens/headshots/view';
import { createSession, type Session } from '$lib/session/session.svelte';
import type { Address } from './address';
import type { Tell } from './events';
import type { Frame } from './frame';
import { guardToken } from './guard-token';
import Embedded from './Embedded.svelte';
import { firstRoute, readRoute, writeRoute, type Route } from './route';
import { watchSession } from './watch.svelte';

export interface StageOptions {
	source: {
		apiBase: string | null;
		/** The uid of the only organization whose data may be shown; `null` for any. */
		organization: string | null;
		/** The host's, the one that it has set last; left out where the session's cookie is the credential. */
		getToken: GetToken | undefined;
	};
	/** Where the screens go, and their dialogs and menus. */
	frame: Pick<Frame, 'target' | 'portal'>;
	tell: Tell;
	/** The session is over, and another one is wanted. */
	onreopen: () => void;
}

/** @throws Error named `SettingsError`, with a sentence for the host */
export function openStage(options: StageOptions): Stage {
	const { apiBase } = options.source;
	return new Stage(options, parseConfig(apiBase === null ? {} : { apiBase }, location.origin));
}

/** One session of the element, and its screens while the element is in a document. */
export class Stage {
	readonly #options: StageOptions;
	readonly #life = new AbortController();
	/** Forgetting it, here or in another tab. A service worker would be the host's: it stays. */
	readonly device: Device;
	readonly #session: Session;
	readonly #desk: Desk;
	#screens: Record<string, unknown> | null = null;
	#address: Address | null = null;
	#shown = new AbortController();
	#route = $state.raw<Route>(firstRoute);
	#back = false;

	constructor(options: StageOptions, config: Config) {
		this.#options = options;
		const { source } = options;
		const { organization, getToken } = source;
		const { tell } = options;
		const { apiBase, limits } = config;
		const { signal } = this.#life;
		this.#session = createSession({
			config,
			origin: location.origin,
			...(organization !== null && { organization }),
			...(getToken && {
				getToken: guardToken({
					ask: (fresh) => (source.getToken ?? getToken)(fresh),
					apiBase,
					limits,
					organization,
					tell,
					signal,
				}),
			}),
		});
		this.#desk = new Desk(this.#session, undefined, {
			actioned: (shoots) => tell('actioned', { shoots }),
			unactioned: (shootIds) => tell('unactioned', { shootIds }),
		});
		this.device = new Device(() => this.#session.dispose());
		const stop = watchSession(this.#session, tell);
		signal.addEventListener('abort', () => {
			stop();
			this.device.dispose();
		});
	}

	get route(): Route {
		return this.#route;
	}

	/** The file of the download that is running; `null` while none is. */
	get downloading(): string | null {
		const { downloads } = this.#session;
		return downloads.running ? (downloads.job?.filename ?? null) : null;
	}

	/** Puts the screens into the element. @param wanted where to begin, unless the address says otherwise */
	show(address: Address, wanted: string | null, team: string | null): void {
		this.#shown = new AbortController();
		this.#address = address;
		const asked = wanted === null ? null : readRoute(wanted);
		this.#route = inTeam(address.read() ?? asked ?? this.#route, team);
		const start = inTeam(asked ?? firstRoute, team);
		address.follow((route) => this.#arrive(route ?? start, true), this.#shown.signal);
		const { target, portal } = this.#options.frame;
		this.#screens = mount(Embedded, {
			target,
			props: { stage: this, session: this.#session, desk: this.#desk, portal },
		});
	}

	/** Takes the screens out; the session goes on. */
	hide(): void {
		this.#shown.abort();
		this.#address = null;
		if (this.#screens) void unmount(this.#screens);
		this.#screens = null;
	}

	/** The host asks for another page. */
	go(wanted: string): void {
		const route = readRoute(wanted);
		if (route) this.#turn(route);
	}

	/** The host asks for another team, or for all. */
	setTeam(team: string | null): void {
		const view = this.#route.page === 'headshots' ? this.#route.view : wholeView;
		this.#turn({ page: 'headshots', view: { ...view, team } });
	}

	hrefOf(route: Route): string {
		return this.#address?.hrefOf(route) ?? '';
	}

	/** Somebody goes to another page or view. @param how `replace` for what is typed */
	navigate(route: Route, how: 'push' | 'replace' = 'push'): void {
		this.#address?.write(route, how);
		// The way to the list is the way back to it.
		this.#arrive(route, route.page === 'headshots');
	}

	/** A link was pressed. @returns whether it is one of ours */
	follow(href: string): boolean {
		const route = this.#address?.routeOf(href) ?? null;
		if (route) this.navigate(route);
		return route !== null;
	}

	/** Everything was forgotten: it begins anew. */
	reopen(): void {
		this.#options.onreopen();
	}

	/** Whether the page that is shown was come back to. */
	get back(): boolean {
		return this.#back;
	}

	/** Resolves when no download runs any more. */
	idle(): Promise<void> {
		return new Promise((resolve) => {
			const stop = $effect.root(() => {
				$effect(() => {
					if (this.#session.downloads.running) return;
					resolve();
					queueMicrotask(() => stop());
				});
			});
		});
	}

	dispose(): void {
		this.hide();
		this.#life.abort(new DOMException('The element was removed.', 'AbortError'));
		this.#session.dispose();
	}

	/** What the host wants comes in place of what was shown: its address says so, and it needn't be told. */
	#turn(route: Route): void {
		if (writeRoute(route) === writeRoute(this.#route)) return;
		this.#address?.write(route, 'replace');
		this.#back = false;
		this.#route = route;
	}

	#arrive(route: Route, back: boolean): void {
		const text = writeRoute(route);
		if (text === writeRoute(this.#route)) return;
		this.#back = back;
		this.#route = route;
		this.#options.tell('routechange', { route: text });
	}
}

/** The team to begin with, where the route names none. */
function inTeam(route: Route, team: string | null): Route {
	if (team === null || route.page !== 'headshots' || route.view.team !== null) return route;
	return { page: 'headshots', view: { ...route.view, team } };
}
