/** The nearest element around `element` that scrolls down, also out of a shadow root; `null` when the window does. */
export function scrollParent(element: Element): HTMLElement | null {
	for (let at = above(element); at !== null; at = above(at)) {
		if (at instanceof HTMLElement && /auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
	}
	return null;
}

function above(node: Element): Element | null {
	if (node.assignedSlot) return node.assignedSlot;
	const { parentNode } = node;
	if (parentNode instanceof ShadowRoot) return parentNode.host;
	return parentNode instanceof Element ? parentNode : null;
}
