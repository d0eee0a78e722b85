/** What a field of one line does with its keys. */
interface LineKeys {
	enter: () => void;
	/** Without it, Escape goes on to whatever is around the field. */
	escape?: (() => void) | undefined;
}

/** A `keydown` handler for Enter and Escape; whatever is around the field doesn't hear the ones that it takes. */
export function lineKeys({ enter, escape }: LineKeys): (event: KeyboardEvent) => void {
	return (event) => {
		// Enter and Escape that end a word of an input method are not meant for us.
		if (event.isComposing) return;
		if (event.key === 'Enter') enter();
		else if (event.key === 'Escape' && escape) escape();
		else return;
		event.preventDefault();
		event.stopPropagation();
	};
}
