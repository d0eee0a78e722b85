import type { Attachment } from 'svelte/attachments';

/** Calls `onnear` when less than a screen is left before the element comes into sight. */
export function nearEnd(onnear: () => void): Attachment {
	return (element) => {
		const observer = new IntersectionObserver(
			(entries) => {
				if (entries.some((entry) => entry.isIntersecting)) onnear();
			},
			// A margin counts only at the edge of the root: it must be what scrolls.
			{ root: scrollerOf(element), rootMargin: '0px 0px 100% 0px' },
		);
		observer.observe(element);
		return () => observer.disconnect();
	};
}

/** What the element scrolls in; `null` when that is the window. */
function scrollerOf(element: Element): Element | null {
	for (let one = parentOf(element); one; one = parentOf(one)) {
		if (/auto|scroll/.test(getComputedStyle(one).overflowY)) return one;
	}
	return null;
}

function parentOf(element: Element): Element | null {
	const root = element.getRootNode();
	return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}
