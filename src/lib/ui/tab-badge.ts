/** A title that changes more often, in ms, is a nuisance to whoever has it read aloud. */
const EVERY = 1000;

/**
 * Puts something before the document's title and swaps its icon, whoever else sets the title meanwhile. The icons are
 * files: a strict CSP allows neither `data:` nor `blob:` pictures.
 */
export class TabBadge {
	#document: Document;
	/** The page's own. */
	#title: string;
	#icon: string | null;
	#prefix = '';
	#wanted = '';
	#timer: ReturnType<typeof setTimeout> | null = null;
	#watching: MutationObserver;

	constructor(document: Document) {
		this.#document = document;
		this.#title = document.title;
		this.#icon = this.#link?.getAttribute('href') ?? null;
		this.#watching = new MutationObserver(() => this.#follow());
		this.#watching.observe(document.head, { childList: true, characterData: true, subtree: true });
	}

	/**
	 * @param prefix "42% · "; empty for the page's own title, and that at once
	 * @param icon the icon's address; `null` for the page's own
	 */
	show(prefix: string, icon: string | null): void {
		this.#wanted = prefix;
		if (prefix === '' || this.#timer === null) this.#write();
		const link = this.#link;
		const href = icon ?? this.#icon;
		if (link && href !== null && link.getAttribute('href') !== href) link.setAttribute('href', href);
	}

	/** Leaves the page's own title and icon. */
	dispose(): void {
		this.#watching.disconnect();
		this.show('', null);
	}

	#write(): void {
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#timer = null;
		if (this.#wanted === this.#prefix) return;
		this.#prefix = this.#wanted;
		this.#document.title = this.#prefix + this.#title;
		if (this.#prefix !== '') this.#timer = setTimeout(() => this.#write(), EVERY);
	}

	/** The page has another title: it is the one to return to. */
	#follow(): void {
		const { title } = this.#document;
		if (title === this.#prefix + this.#title) return;
		this.#title = title;
		if (this.#prefix !== '') this.#document.title = this.#prefix + title;
	}

	get #link(): HTMLLinkElement | null {
		return this.#document.head.querySelector('link[rel="icon"]');
	}
}
