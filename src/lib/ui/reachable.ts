import type { Attachment } from 'svelte/attachments';

const CONTROLS = 'a, button, input, select, textarea, summary, [tabindex]';

/**
 * For what may scroll: while it does, and nothing in it takes the focus, it takes the focus itself, so that the arrow
 * keys reach all of it.
 * @param label its name then
 */
export function reachable(label: string): Attachment<HTMLElement> {
	return (box) => {
		function look(): void {
			const alone = box.scrollHeight - box.clientHeight > 1 && !box.querySelector(CONTROLS);
			box.role = alone ? 'group' : null;
			box.ariaLabel = alone ? label : null;
			if (alone) box.tabIndex = 0;
			else box.removeAttribute('tabindex');
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
