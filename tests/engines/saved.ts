import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openArchive, type Archive } from '../e2e/support/archive.ts';
import { unpackers } from '../unpackers/unpackers.ts';
import { until } from './admin-tab.ts';
import type { Browser } from './drivers/driver.ts';

/** Throws away what was saved before: Chromium would write over it, the others beside it. */
export async function clearSaved({ downloads }: Browser): Promise<void> {
	for (const name of await readdir(downloads)) await rm(join(downloads, name));
}

/** The archive that came since, once it is whole, read by every reader that this machine has. */
export async function savedArchive(browser: Browser): Promise<Archive> {
	let last: unknown;
	const archive = await until(
		'a saved archive',
		async () => {
			const files = await readdir(browser.downloads);
			const name = files.find((file) => file.endsWith('.zip'));
			// Firefox makes an empty file of that name first.
			return name === undefined
				? null
				: openArchive(join(browser.downloads, name)).catch((error: unknown) => void (last = error));
		},
		30_000,
		async () => String(last ?? ''),
	);
	for (const { list } of unpackers) await list(archive.file);
	return archive;
}
