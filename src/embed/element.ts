import type { GetToken } from '$lib/backend/token';
import { setLocale } from '$lib/ui/locale';
import { Address, type HistoryMode } from './address';
import { followDirection } from './direction';
import { teller, type Tell } from './events';
import type { Stage } from './stage.svelte';
import type { HeadshotAdminElement } from './headshot-admin.d.ts';
import { drawFrame, type Frame } from './frame';
import { sheetOf } from './sheet';

/** What decides whose data is shown: another one is another session. */
interface Source {
	apiBase: string | null;
	organization: string | null;
	getToken: GetToken | undefined;
}

/** `<headshot-admin>`; what it offers is documented in `headshot-admin.d.ts`. */
export class HeadshotAdmin extends HTMLElement implements Pick<HeadshotAdminElement, 'getToken'> {
	/** What may change at any time. `theme` is for the styles; `history` is read when the element is shown. */
	static readonly observedAttributes = ['api-base', 'organization', 'team', 'route', 'locale'] as const;

	readonly #frame: Frame;
	readonly #tell: Tell = teller(this);
	#getToken: GetToken | undefined;
	#stage: Stage | null = null;
	/** What the session was made of; while it is being made, too. */
	#source: Source | null = null;
	#isShown = false;
	#isDue = false;
	#unfollow: (() => void) | null = null;

	constructor() {
		super();
		this.#frame = drawFrame(
			this.attachShadow({ mode: 'open' }),
			(href) => this.#stage?.follow(href) ?? false,
		);
		// Set before the script came, it is a property of its own.
		const early = Object.getOwnPropertyDescriptor(this, 'getToken')?.value as GetToken | undefined;
		delete (this as { getToken?: unknown }).getToken;
		this.#getToken = early;
	}

	get getToken(): GetToken | undefined {
		return this.#getToken;
	}

	set getToken(getToken: GetToken | undefined) {
		this.#getToken = getToken ?? undefined;
		this.#settleSoon();
	}

	connectedCallback(): void {
		this.#frame.root.adoptedStyleSheets = [sheetOf(this.ownerDocument)];
		this.#frame.layer.showPopover();
		this.#unfollow = followDirection(this, (dir) => this.#frame.setDirection(dir));
		this.#settleSoon();
	}

	disconnectedCallback(): void {
		this.#unfollow?.();
		this.#settleSoon();
	}

	attributeChangedCallback(
		name: (typeof HeadshotAdmin.observedAttributes)[number],
		_: unknown,
		value: string | null,
	) {
		if (name === 'team') this.#stage?.setTeam(value);
		else if (name === 'route') this.#stage?.go(value ?? '');
		else if (name === 'locale') setLocale(value);
		else this.#settleSoon();
	}

	/** In a microtask: a move in the document is a removal and an insertion, and keeps its state. */
	#settleSoon(): void {
		if (this.#isDue) return;
		this.#isDue = true;
		queueMicrotask(() => {
			this.#isDue = false;
			this.#settle();
		});
	}

	#settle(): void {
		if (!this.isConnected) return this.#leave();
		const source = this.#wanted();
		if (this.#source !== null && !isSame(this.#source, source)) {
			if (!this.#mayEnd('changed')) return;
			this.#end();
		}
		if (this.#source === null) return void this.#start(source);
		// The same credential, by another function: React gives one with every render.
		this.#source.getToken = source.getToken;
		this.#show();
	}

	#wanted(): Source {
		return {
			apiBase: this.getAttribute('api-base'),
			organization: this.getAttribute('organization'),
			getToken: this.#getToken,
		};
	}

	async #start(source: Source): Promise<void> {
		this.#source = source;
		try {
			const { openStage } = await import('./stage.svelte');
			// Meanwhile it may have left, or be about something else.
			if (this.#source !== source || !this.isConnected) return;
			this.#stage = openStage({
				source,
				frame: this.#frame,
				tell: this.#tell,
				onreopen: () => {
					this.#end();
					this.#settleSoon();
				},
			});
			this.#show();
		} catch (error) {
			if (this.#source === source) this.#fail(error);
		}
	}

	#show(): void {
		if (this.#stage === null || this.#isShown) return;
		this.#isShown = true;
		this.#frame.say(null);
		const address = new Address(modeOf(this.getAttribute('history')));
		this.#stage.show(address, this.getAttribute('route'), this.getAttribute('team'));
	}

	/** Out of the document. A download that the host keeps goes on, and its session with it. */
	#leave(): void {
		if (this.#stage === null) {
			this.#source = null;
			return;
		}
		if (this.#isShown) this.#stage.hide();
		this.#isShown = false;
		if (this.#mayEnd('removed')) this.#end();
	}

	/** @returns false when a download is running and the host keeps it; once it has ended, all is settled again */
	#mayEnd(reason: 'removed' | 'changed'): boolean {
		const stage = this.#stage;
		const filename = stage?.downloading ?? null;
		if (stage === null || filename === null) return true;
		if (this.#tell('downloadinterrupt', { filename, reason })) return true;
		void stage.idle().then(() => this.#settleSoon());
		return false;
	}

	#end(): void {
		this.#stage?.dispose();
		this.#stage = null;
		this.#source = null;
		this.#isShown = false;
	}

	#fail(error: unknown): void {
		const message = error instanceof Error ? error.message : String(error);
		console.error('headshot-admin:', error);
		const isOurs = error instanceof Error && error.name === 'SettingsError';
		this.#frame.say(
			isOurs
				? message
				: 'The headshots could not be shown: a part of the page could not be loaded. Reload the page to try again.',
		);
		this.#tell('error', { code: isOurs ? 'settings' : 'not-loaded', message });
		// The next change, or insertion, tries again.
		this.#source = null;
	}
}

function isSame(a: Source, b: Source): boolean {
	return a.apiBase === b.apiBase && a.organization === b.organization && !a.getToken === !b.getToken;
}

function modeOf(text: string | null): HistoryMode {
	return text === 'hash' || text === 'path' ? text : 'none';
}
