import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

const require = createRequire(import.meta.url);

/**
 * JSZip from its sources, without what storing photos never uses: its ready-made bundle brings pako's deflate and inflate,
 * a Promise for browsers that have none, and Node’s streams. 15 kB less, as gzip makes it.
 */
export function leanJSZip(): Plugin {
	const unused = new Set(['pako', 'lie', 'readable-stream']);
	const nothing = '\0unused-by-jszip';
	return {
		name: 'lean-jszip',
		enforce: 'pre',
		apply: 'build',
		resolveId(source, importer) {
			// As Node finds it, which heeds no `browser` field: that one names the bundle.
			if (source === 'jszip') return require.resolve('jszip');
			return unused.has(source) && importer?.includes('/jszip/') ? nothing : null;
		},
		load: (id) => (id === nothing ? 'export default {};' : null),
	};
}
