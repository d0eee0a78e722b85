import { svelte } from '@sveltejs/vite-plugin-svelte';
import { copyFile, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin, UserConfig } from 'vite';
import { together } from '../chunks.ts';
import { leanJSZip } from '../lean-jszip.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const outDir = here('../../build/embed');

/** `vite build --mode embed`: the custom element, as an ES module with lazy chunks and workers. */
export async function embedConfig(): Promise<UserConfig> {
	const { version } = JSON.parse(await readFile(here('../../package.json'), 'utf8')) as { version: string };
	return {
		plugins: [
			svelte({ configFile: false }),
			workersOfOneGraph(),
			leanJSZip(),
			together([
				// Neither the entry nor a worker may have to load the screens.
				{ name: null, roots: ['/src/embed/index.ts', '.worker.ts'] },
				{ name: 'first', roots: ['/src/embed/stage.svelte.ts'] },
				{ name: null, roots: ['/app/MemberPage.svelte', '/parts.ts'] },
				{ name: 'later', roots: ['/Later.svelte', '/DeviceDialog.svelte', '/RememberedOptions.svelte'] },
			]),
			styleInEntry(),
			types(),
		],
		resolve: { alias: { $lib: here('../lib') } },
		base: './',
		publicDir: false,
		define: { __VERSION__: JSON.stringify(version) },
		build: {
			outDir,
			emptyOutDir: true,
			cssCodeSplit: false,
			// Links to modules and styles would go into the host's head.
			modulePreload: false,
			reportCompressedSize: false,
			rolldownOptions: {
				input: { 'headshot-admin': here('index.ts') },
				output: {
					format: 'es',
					entryFileNames: '[name].js',
					chunkFileNames: 'chunks/[name]-[hash].js',
					assetFileNames: 'chunks/[name]-[hash][extname]',
				},
			},
		},
	};
}

/** A worker is one more entry of the same build: what it shares with the screens is there once. */
function workersOfOneGraph(): Plugin {
	const suffix = '?worker&url';
	const mark = '\0worker:';
	return {
		name: 'workers-of-one-graph',
		enforce: 'pre',
		async resolveId(source, importer) {
			if (!source.endsWith(suffix)) return null;
			const found = await this.resolve(source.slice(0, -suffix.length), importer);
			return found && mark + found.id;
		},
		load(id) {
			if (!id.startsWith(mark)) return null;
			const reference = this.emitFile({ type: 'chunk', id: id.slice(mark.length) });
			return `export default import.meta.ROLLUP_FILE_URL_${reference};`;
		},
	};
}

/** The style sheet goes into the script that adopts it: a file of its own would need `style-src` of the host. */
function styleInEntry(): Plugin {
	const placeholder = /(["'`])__HEADSHOT_ADMIN_CSS__\1/;
	return {
		name: 'style-in-entry',
		enforce: 'post',
		generateBundle(_, bundle) {
			const sheets = Object.values(bundle).filter(({ fileName }) => fileName.endsWith('.css'));
			const css = sheets.map((sheet) => (sheet.type === 'asset' ? String(sheet.source) : '')).join('');
			const entry = bundle['headshot-admin.js'];
			if (css === '' || entry?.type !== 'chunk' || !placeholder.test(entry.code)) {
				this.error('The style sheet could not be put into the script.');
			}
			entry.code = entry.code.replace(placeholder, () => JSON.stringify(css));
			for (const { fileName } of sheets) Reflect.deleteProperty(bundle, fileName);
		},
	};
}

/** The types are written by hand: they are the element's documentation. */
function types(): Plugin {
	return {
		name: 'types',
		async writeBundle() {
			await copyFile(here('headshot-admin.d.ts'), `${outDir}/headshot-admin.d.ts`);
		},
	};
}
