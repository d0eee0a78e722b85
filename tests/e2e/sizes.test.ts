import { expect, test } from '@playwright/test';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { projectDir } from './support/build.ts';

/*
 * How much script there is, in bytes as gzip makes them: a ratchet, a little above what there is. The wish is 80 kB
 * before members are seen, and 140 kB for all of the element. What stands in its way, estimated by package: before
 * members are seen Svelte 22 kB, SvelteKit 14, ky and valibot 8, idb and file-saver 3, and the screens with what they show; of
 * all of the element JSZip 15, bits-ui with what it brings 37, virtua 9, Papa Parse 7, comlink 2, the style sheet 10.
 *
 * What the page's buttons do (downloads, exports, single photos, links: some 6 kB by their share of the code) could come after
 * the members. That would leave 87: at 1.6 Mbit/s it spares 30 ms before the first card, and costs a round trip, 150 ms
 * there, before Download Favorites can be pressed. The button is what an admin comes for.
 */
const budget = { page: 93_300, entry: 19_300, embedFirst: 96_800, embedAll: 233_900 };

const buildDir = join(projectDir, 'build');

async function gzip(files: Iterable<string>): Promise<number> {
	let total = 0;
	for (const file of files) total += gzipSync(await readFile(file), { level: 9 }).length;
	return total;
}

/** The files, and whatever they can't run without. */
async function withImports(files: string[]): Promise<Set<string>> {
	const found = new Set<string>();
	for (const file of files) {
		if (found.has(file)) continue;
		found.add(file);
		const text = await readFile(file, 'utf8');
		for (const [, name = ''] of text.matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"']+\.js)["']/g)) {
			files.push(resolve(dirname(file), name));
		}
	}
	return found;
}

test('the page’s first load', async () => {
	const html = await readFile(join(buildDir, 'index.html'), 'utf8');
	const names = [...html.matchAll(/(?:href|import\()\s*=?\s*"\/app\/admin\/([^"]+\.js)"/g)];
	const first = names.map(([, name = '']) => join(buildDir, name));
	expect(first.length).toBeGreaterThan(1);
	// What the address asks for comes with it: the layout, and the list of members.
	const routes = await readFile(join(projectDir, '.svelte-kit/generated/client-optimized/app.js'), 'utf8');
	const node = /"\/headshots": \[(\d+)\]/.exec(routes)?.[1];
	expect(node).toBeDefined();
	const nodes = join(buildDir, '_app/immutable/nodes');
	const pages: string[] = [];
	for (const name of await readdir(nodes)) {
		if (name.startsWith('0.') || name.startsWith(`${node}.`)) pages.push(join(nodes, name));
	}
	expect(pages).toHaveLength(2);
	const size = await gzip(await withImports([...first, ...pages]));
	console.log(`page, first load: ${(size / 1000).toFixed(1)} kB`);
	expect(size).toBeLessThan(budget.page);
});

test('the element’s entry, its first load, and all of it', async () => {
	const folder = join(buildDir, 'embed');
	const entry = join(folder, 'headshot-admin.js');
	const chunks = (await readdir(join(folder, 'chunks'))).map((name) => join(folder, 'chunks', name));
	const stage = chunks.filter((file) => /stage\.svelte-/.test(file));
	expect(stage).toHaveLength(1);
	const alone = await gzip(await withImports([entry]));
	const first = await gzip(await withImports([entry, ...stage]));
	const all = await gzip([entry, ...chunks]);
	const kB = (size: number) => `${(size / 1000).toFixed(1)} kB`;
	console.log(`element: entry ${kB(alone)}, first load ${kB(first)}, all ${kB(all)}`);
	// A worker that had to load the screens would start late.
	const workers = await withImports(chunks.filter((file) => file.includes('.worker-')));
	expect([...workers].filter((file) => /\/(first|later)-/.test(file))).toEqual([]);
	expect(alone).toBeLessThan(budget.entry);
	expect(first).toBeLessThan(budget.embedFirst);
	expect(all).toBeLessThan(budget.embedAll);
});
