import type { Attachment } from 'svelte/attachments';

/** What floats over an edge of the screen. */
type Cover = 'notice' | 'selection' | 'tray' | 'messages' | 'dialog';

/**
 * For what floats over the screen: how much it covers is said around everything, in px, as `--covered-by-NAME`. What
 * gets the focus is then scrolled out from under it, and the last line can be, too.
 */
export function covers(name: Cover): Attachment<HTMLElement> {
	return (bar) => {
		const root = bar.getRootNode();
		const around =
			root instanceof ShadowRoot ? ([...root.children] as HTMLElement[]) : [document.documentElement];
		const property = `--covered-by-${name}`;
		let covered = '';
		const observer = new ResizeObserver(() => {
			// In a low window it may stand in the page, and cover nothing.
			const floats = getComputedStyle(bar).position === 'fixed';
			covered = floats ? `${bar.offsetHeight}px` : '0px';
			for (const one of around) one.style.setProperty(property, covered);
		});
		observer.observe(bar);
		return () => {
			observer.disconnect();
			for (const one of around) {
				// Another of its kind may have come before this one has faded out.
				if (one.style.getPropertyValue(property) === covered) one.style.removeProperty(property);
			}
		};
	};
}
