import type { IconName } from './Icon.svelte';

/** One line of a menu. */
export interface MenuItem {
	/** The words on it, which are its name. */
	label: string;
	icon: IconName;
	/** Why it can't be chosen just now, in a few words; shown under the label. */
	disabled?: string | undefined;
	/** Parts what comes before from this one. */
	separated?: boolean;
	onselect: () => void;
}
