/**
 * Puts the focus on the screen's main action (marked `data-focus-home`) when nothing in `root` has it, because
 * the control that had it was taken away.
 * @param root the document, or the shadow root, that the lost control was in
 */
export function focusHome(root: Node): void {
	if (!(root instanceof Document || root instanceof ShadowRoot)) return;
	const active = root.activeElement;
	if (active !== null && active !== document.body) return;
	root.querySelector<HTMLElement>('[data-focus-home]')?.focus({ preventScroll: true });
}
