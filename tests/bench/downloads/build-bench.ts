import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/**
 * Builds the bench's own page, with the product's sources in it, as the page itself is built.
 * @param minify off for a profile, which is read by functions' names
 */
export async function buildBench(outDir: string, minify: boolean): Promise<void> {
	await build({
		configFile: false,
		root: fileURLToPath(new URL('page', import.meta.url)),
		base: './',
		logLevel: 'error',
		resolve: { alias: { $lib: fileURLToPath(new URL('../../../src/lib', import.meta.url)) } },
		worker: { format: 'es' },
		build: { outDir, emptyOutDir: true, minify },
	});
}
