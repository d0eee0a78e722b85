import type { Plugin } from 'vite';

/** What belongs together: these modules, and whatever they can't run without. */
export interface Chunk {
	/** The chunk's; `null` leaves them where the bundler puts them, and out of the chunks that follow. */
	name: string | null;
	/** The ends of these modules' ids. */
	roots: readonly string[];
}

/**
 * Puts what is needed together into one chunk of the browser's build: of many small ones gzip makes a tenth more.
 *
 * @param chunks what belongs to two of them goes into the first
 */
export function together(chunks: readonly Chunk[]): Plugin {
	const places = new Map<string, string | null>();
	return {
		name: 'together',
		applyToEnvironment: (environment) => environment.name === 'client',
		buildEnd() {
			const ids = [...this.getModuleIds()];
			for (const { name, roots } of chunks) {
				const found = ids.filter((id) => roots.some((root) => id.endsWith(root)));
				if (found.length < roots.length) this.error(`Not all of ${roots.join(', ')} was found.`);
				for (const id of found) {
					if (places.has(id)) continue;
					places.set(id, name);
					found.push(...(this.getModuleInfo(id)?.importedIds ?? []));
				}
			}
		},
		outputOptions: (options) => ({
			...options,
			codeSplitting: {
				groups: [{ name: (id: string) => places.get(id) ?? null }],
				// Else a chunk draws in whatever its modules need, also out of what is to stay elsewhere.
				includeDependenciesRecursively: chunks.every(({ name }) => name !== null),
			},
		}),
	};
}
