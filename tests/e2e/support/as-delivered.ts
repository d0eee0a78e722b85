/**
 * The page as an admin has it: what moves moves, and the service worker fetches its files for the next visit. Each is a
 * tenth of a browser test's work and the same in all of them: those that are about neither go without.
 */
export const asDelivered = {
	contextOptions: { reducedMotion: 'no-preference' },
	serviceWorkers: 'allow',
} as const;
