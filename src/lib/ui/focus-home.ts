/**
 * Puts the focus on the screen's main action (marked `data-focus-home`) when nothing else in `root` has it, because
 * the control that had it is gone.
 * @param root the document, or the shadow root, that the control was in
 * @param leaving what is on its way out, and may still have the focus
 */
export function focusHome(root: Node, leaving: Element | null = null): void {
	if (!(root instanceof Document || root instanceof ShadowRoot)) return;
	const active = root.activeElement;
	const lost = active === null || active === document.body || leaving?.contains(active);
	if (lost) root.querySelector<HTMLElement>('[data-focus-home]')?.focus({ preventScroll: true });
}
