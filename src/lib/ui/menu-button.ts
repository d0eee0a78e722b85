import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';

/** The button of each menu, by the menu. */
const buttons = new WeakMap<Element, HTMLElement>();

/** For a menu: what is opened out of it goes back to its button. */
export function setMenuButton(menu: Element, button: HTMLElement): void {
	buttons.set(menu, button);
}

/** What has the focus now and will be there later: of a line of a menu, the menu's button. */
export function currentControl(): HTMLElement | null {
	let { activeElement } = document;
	while (activeElement?.shadowRoot?.activeElement) ({ activeElement } = activeElement.shadowRoot);
	const menu = activeElement?.closest('[role="menu"]');
	if (menu) return buttons.get(menu) ?? null;
	return activeElement === document.body ? null : (activeElement as HTMLElement | null);
}

/** For a button that is drawn anew while its menu is open, since its card has moved: the menu goes along. */
export function takesOver(
	isOpen: () => boolean,
	open: (button: HTMLElement) => void,
): Attachment<HTMLElement> {
	return (button) =>
		untrack(() => {
			if (isOpen()) open(button);
		});
}
