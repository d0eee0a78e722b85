import { tick } from 'svelte';

/** Where the focus goes when its control is gone: the screen's main action, else its chosen tab, else the screen. */
const homes = ['[data-focus-home]', '[role="tab"][aria-selected="true"]', '[part="screen"]'];

/**
 * Puts the focus on the screen's main action (marked `data-focus-home`) when nothing else in `root` has it, because
 * the control that had it is gone.
 * @param root the document, or the shadow root, that the control was in
 * @param leaving what is on its way out, and may still have the focus
 * @param opener gets the focus rather than the main action, if it is still there
 */
export function focusHome(
	root: Node,
	leaving: Element | null = null,
	opener: HTMLElement | null = null,
): void {
	if (!(root instanceof Document || root instanceof ShadowRoot)) return;
	if (!isFree(root) && !leaving?.contains(root.activeElement)) return;
	const home = opener?.isConnected
		? opener
		: homes.map((selector) => root.querySelector<HTMLElement>(selector)).find((one) => one !== null);
	home?.focus({ preventScroll: true });
}

/** Gives the focus to `control`, unless something in its document has it. */
export function takeFreeFocus(control: HTMLElement): void {
	if (isFree(control.getRootNode() as Document | ShadowRoot)) control.focus();
}

/** Nothing has the focus: what had it is gone. */
export function isFree({ activeElement }: DocumentOrShadowRoot): boolean {
	return activeElement === null || activeElement === document.body;
}

/** For a button that goes with what it does: the focus goes home, unless the deed has put it elsewhere. */
export function thenHome(deed: () => void): (event: { currentTarget: EventTarget & Element }) => void {
	return ({ currentTarget }) => {
		const root = currentTarget.getRootNode();
		deed();
		void tick().then(() => focusHome(root));
	};
}
