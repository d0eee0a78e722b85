import { tick } from 'svelte';
import { isFree } from './focus-home';

/** So long, in ms, a list may take until what is looked for is on the page again. */
const PATIENCE = 3_000;

/**
 * Puts the focus on the card that one came from, as soon as the list has drawn it, unless the focus has moved on.
 * @param screen has the focus meanwhile
 * @param key the card's `data-key`
 */
export function focusCard(screen: HTMLElement | null, key: string): void {
	if (screen === null) return;
	const root = screen.getRootNode() as Document | ShadowRoot;
	// In a narrow list the link is in the menu.
	const controls = `[data-key="${CSS.escape(key)}"] :is(a, [aria-haspopup="menu"])`;
	focusWhenThere(
		() => screen.querySelectorAll<HTMLElement>(controls),
		() => root.activeElement === screen,
	);
}

/**
 * A list is about to be drawn otherwise: whichever of its items has the focus has it also when it is drawn anew, and
 * leaves it to who stands in its place when it goes.
 * @param list the items in it have a `data-key` and their `aria-posinset`
 * @param items all that it is to show
 * @param key an item's `data-key`
 */
export function keepFocus<T>(list: HTMLElement, items: () => readonly T[], key: (item: T) => string): void {
	const root = list.getRootNode() as Document | ShadowRoot;
	const control = root.activeElement;
	const item = list.contains(control) ? control?.closest<HTMLElement>('[data-key]') : null;
	if (!item) return;
	const { key: own } = item.dataset;
	const which = controlsOf(item).indexOf(control as HTMLElement);
	const place = Number(item.getAttribute('aria-posinset')) - 1;
	const find = () => {
		const all = items();
		const heir = all.find((one) => key(one) === own) ?? all[place] ?? all.at(-1);
		const controls = controlsOf(heir && list.querySelector(`[data-key="${CSS.escape(key(heir))}"]`));
		return [...controls.slice(which), ...controls];
	};
	void tick().then(() =>
		focusWhenThere(find, () => list.isConnected && isFree(root), { preventScroll: true }),
	);
}

function controlsOf(item: Element | null | undefined): HTMLElement[] {
	return [...(item?.querySelectorAll<HTMLElement>('a, button, input, textarea') ?? [])];
}

/**
 * Gives the focus to a control as soon as it is there and can take it.
 * @param find those that would do, the best first
 * @param waits whether the focus has not moved on
 */
function focusWhenThere(
	find: () => Iterable<HTMLElement>,
	waits: () => boolean,
	options?: FocusOptions,
): void {
	const giveUpAt = performance.now() + PATIENCE;
	const look = () => {
		if (!waits() || performance.now() > giveUpAt) return;
		for (const control of find()) {
			control.focus(options);
			if (!waits()) return;
		}
		requestAnimationFrame(look);
	};
	look();
}
