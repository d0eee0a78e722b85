import type { Attachment } from 'svelte/attachments';
import { scrollParent } from '$lib/ui/scroll-parent';

/** Calls `onnear` when less than a screen is left before the element comes into sight. */
export function nearEnd(onnear: () => void): Attachment {
	return (element) => {
		const observer = new IntersectionObserver(
			(entries) => {
				if (entries.some((entry) => entry.isIntersecting)) onnear();
			},
			// A margin counts only at the edge of the root: it must be what scrolls.
			{ root: scrollParent(element), rootMargin: '0px 0px 100% 0px' },
		);
		observer.observe(element);
		return () => observer.disconnect();
	};
}
