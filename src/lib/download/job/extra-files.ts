import type { DownloadOptions } from '$lib/download/options/options';
import type { FileResult } from './file-facts';
import { indexCsv, mappingCsv } from './index-file';
import { INDEX_PATH, README_PATH } from './places';
import type { FavoritePlan } from './plan';
import { presetOf } from '$lib/download/options/presets';
import { readmeText, type ReadmeFacts } from './readme-file';

/** A file of the archive that is no photo. */
export interface ExtraFile {
	path: string;
	bytes: Uint8Array;
}

/**
 * What stands beside the photos in the root: only what is asked for, so of the plain options nothing. To be made when
 * all photos are settled.
 * @param results by path
 */
export function extraFiles(
	favorites: readonly FavoritePlan[],
	results: ReadonlyMap<string, FileResult>,
	facts: ReadmeFacts,
	options: DownloadOptions,
): ExtraFile[] {
	const mapping = presetOf(options.preset)?.mapping;
	const texts: [path: string, text: string][] = [];
	if (mapping) texts.push([mapping.path, mappingCsv(mapping, favorites, results)]);
	if (options.index) texts.push([INDEX_PATH, indexCsv(favorites, results)]);
	if (options.readme) texts.push([README_PATH, readmeText(facts, options)]);
	const encoder = new TextEncoder();
	return texts.map(([path, text]) => ({ path, bytes: encoder.encode(text) }));
}
