const CONTROLS = 'a,button,input,select,summary,[tabindex]';

/**
 * An attachment for what may scroll: while it does, and nothing in it takes the focus, it takes the focus itself, so
 * that the arrow keys reach all of it.
 */
export function reachable(box: HTMLElement): () => void {
	function look(): void {
		if (box.scrollHeight - box.clientHeight > 1 && !box.querySelector(CONTROLS)) box.tabIndex = 0;
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
}
