import type { Plugin } from 'vite';

/**
 * Puts modules, and whatever they can't run without, into one chunk of the browser's build: of many small ones, which they
 * share with what comes later, gzip makes a tenth more.
 *
 * @param name the chunk's
 * @param roots the ends of these modules' ids
 */
export function oneChunk(name: string, roots: readonly string[]): Plugin {
	const together = new Set<string>();
	return {
		name: 'one-chunk',
		applyToEnvironment: (environment) => environment.name === 'client',
		buildEnd() {
			for (const id of this.getModuleIds()) if (roots.some((root) => id.endsWith(root))) together.add(id);
			if (together.size !== roots.length) this.error('What belongs together was not found.');
			for (const id of together) {
				for (const needed of this.getModuleInfo(id)?.importedIds ?? []) together.add(needed);
			}
		},
		outputOptions: (options) => ({
			...options,
			codeSplitting: { groups: [{ name: (id: string) => (together.has(id) ? name : null) }] },
		}),
	};
}
