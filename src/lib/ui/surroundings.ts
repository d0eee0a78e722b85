import { getContext, setContext } from 'svelte';

/** What the components of one mount find around them. */
export interface Surroundings {
	/** Where dialogs, menus and messages go; the end of the document's body unless told. */
	portal?: HTMLElement | undefined;
	/** A part of the page could not be loaded when it was asked for. */
	onmissing?: ((error: unknown) => void) | undefined;
	/** What covers the whole page is a step of its own for Back; left out where history is somebody else's. */
	step?: { readonly taken: boolean; take(): void; undo(): void } | undefined;
}

const key = Symbol('surroundings');

/** For the components inside of the one that calls; what isn't said stays as it is around that one. */
export function setSurroundings(some: Surroundings): void {
	setContext(key, { ...getSurroundings(), ...some });
}

export function getSurroundings(): Surroundings {
	return getContext<Surroundings | undefined>(key) ?? {};
}
