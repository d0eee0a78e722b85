import type { Attachment } from 'svelte/attachments';

const CONTROLS = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';

/**
 * For what may scroll: while it does, and nothing in it takes the focus, it takes the focus itself, so that the arrow
 * keys reach all of it.
 * @param label its name then
 */
export function reachable(label: string): Attachment<HTMLElement> {
	return (box) => {
		function look(): void {
			const scrolls =
				box.scrollHeight - box.clientHeight > 1 && getComputedStyle(box).overflowY !== 'visible';
			if (scrolls && box.querySelector(CONTROLS) === null) {
				box.tabIndex = 0;
				box.role = 'group';
				box.ariaLabel = label;
			} else for (const name of ['tabindex', 'role', 'aria-label']) box.removeAttribute(name);
		}
		const sizes = new ResizeObserver(look);
		sizes.observe(box);
		const contents = new MutationObserver(look);
		contents.observe(box, { childList: true, subtree: true });
		return () => {
			sizes.disconnect();
			contents.disconnect();
		};
	};
}
