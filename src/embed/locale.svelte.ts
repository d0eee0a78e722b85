import { observeLocale } from '$lib/ui/locale';

let changes = $state(0);

/** What shows a date or a number depends on it: a host may change the attribute at any time. */
observeLocale(
	() => void changes,
	() => void changes++,
);
