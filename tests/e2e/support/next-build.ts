import { expect, test, type Page } from '@playwright/test';
import { createHash } from 'node:crypto';
import { cp, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { projectDir } from './build.ts';

/**
 * The build as its next version would be: another version's name, and every hashed file under another name, so that
 * nothing of the last one can be had from the server any more.
 * @returns its folder, which goes with the test
 */
export async function nextBuild(version: string): Promise<string> {
	const folder = test.info().outputPath(`build-${version}`);
	// Without what stands beside the page: the element, and the host that tests it.
	const beside = ['embed', 'host'].map((name) => `${projectDir}build/${name}`);
	await cp(`${projectDir}build`, folder, { recursive: true, filter: (path) => !beside.includes(path) });
	const { version: last } = JSON.parse(await readFile(join(folder, '_app/version.json'), 'utf8')) as {
		version: string;
	};
	const all = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
		entry.isFile(),
	);
	const files = all.map((entry) => join(entry.parentPath, entry.name));
	const hashed = files.filter((file) => file.includes('/immutable/'));
	const renamed = new Map(hashed.map((file) => [basename(file), nextName(basename(file), version)]));
	for (const file of files.filter((one) => /\.(js|css|html|json)$/.test(one))) {
		let text = (await readFile(file, 'utf8')).replaceAll(last, version);
		for (const [from, to] of renamed) text = text.replaceAll(from, to);
		await writeFile(file, extname(file) === '.html' ? withHash(text) : text);
	}
	for (const file of hashed) await rename(file, join(file, '..', renamed.get(basename(file))!));
	return folder;
}

/** `start.B2NOQVZL.js` → `start.B2NOQVZL-next.js` */
function nextName(name: string, version: string): string {
	const ending = extname(name);
	return `${name.slice(0, -ending.length)}-${version}${ending}`;
}

/** The page is of that version. */
export async function expectVersion(page: Page, version: string): Promise<void> {
	const start = page.locator('link[rel=modulepreload]').first();
	await expect(start).toHaveAttribute('href', new RegExp(`-${version}\\.js$`));
}

/** The page's policy names its one script by hash. */
function withHash(html: string): string {
	const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1];
	if (script === undefined) throw new Error('The page has no script.');
	const hash = createHash('sha256').update(script).digest('base64');
	return html.replace(/(script-src 'self' )'sha256-[^']+'/, `$1'sha256-${hash}'`);
}
