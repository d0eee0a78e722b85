/** Where the messages are: F8 leads there from wherever one is. */
const MESSAGES = '[aria-keyshortcuts="F8"]';

/**
 * An attachment for a dialog that keeps the focus in itself: a message beside it may have it, too. Tab leads back into the
 * dialog, and so does Escape, which closes nothing then.
 */
export function besideDialog(dialog: HTMLElement): () => void {
	function look(event: Event): void {
		const [target] = event.composedPath();
		if (!(target instanceof Element) || !target.closest(MESSAGES)) return;
		const escapes = event instanceof KeyboardEvent && event.key === 'Escape';
		// As soon as the dialog heard that the focus has left, it would fetch it back.
		if (escapes || event.type === 'focusin') event.stopPropagation();
		if (escapes) dialog.focus();
	}

	for (const type of ['focusin', 'keydown']) addEventListener(type, look, true);
	return () => {
		for (const type of ['focusin', 'keydown']) removeEventListener(type, look, true);
	};
}
