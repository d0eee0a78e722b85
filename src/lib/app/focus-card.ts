/** So long, in ms, a list may take until the card is on the page again. */
const PATIENCE = 3_000;

/**
 * Puts the focus on the card that one came from, as soon as the list has drawn it, unless the focus has moved on.
 * @param screen has the focus meanwhile
 * @param key the card's place in its list: `data-key`
 */
export function focusCard(screen: HTMLElement, key: string): void {
	const root = screen.getRootNode() as Document | ShadowRoot;
	const giveUpAt = performance.now() + PATIENCE;
	const look = () => {
		if (root.activeElement !== screen || performance.now() > giveUpAt) return;
		// In a narrow list the link is in the menu.
		for (const control of screen.querySelectorAll<HTMLElement>(
			`[data-key="${CSS.escape(key)}"] :is(a, [aria-haspopup="menu"])`,
		)) {
			control.focus();
			if (root.activeElement === control) return;
		}
		requestAnimationFrame(look);
	};
	look();
}
