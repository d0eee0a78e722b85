import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const prefix = 'readme:';
const readme = new URL('../../README.md', import.meta.url);
const folder = new URL('../../node_modules/.cache/headshot-admin/snippets/', import.meta.url);

/** `readme:vue` is the README's only block of that language, as a file of its own. */
export function readmeSnippets(): Plugin {
	return {
		name: 'readme-snippets',
		enforce: 'pre',
		async resolveId(source) {
			if (!source.startsWith(prefix)) return null;
			const language = source.slice(prefix.length);
			const blocks = (await readFile(readme, 'utf8')).split('\n```' + language + '\n').slice(1);
			if (blocks.length !== 1) throw new Error(`The README has ${blocks.length} blocks of ${language}.`);
			// A real file: a framework's own plugin may read it from the disk.
			const file = new URL(`Headshots.${language}`, folder);
			await mkdir(folder, { recursive: true });
			await writeFile(file, blocks[0]!.split('\n```')[0]!);
			return fileURLToPath(file);
		},
	};
}
