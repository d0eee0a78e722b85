/**
 * In which form the photos come out of a download: plain, cloneable data that crosses the worker's boundary. Imports
 * nothing.
 */

/**
 * `folders`: a folder for each favorite, with `headshot.jpg` and `pfp.jpg`. Flat: one file for each favorite, in the
 * archive's root and named after the member's e-mail: the headshot or the profile picture.
 */
export type Layout = 'folders' | 'flat-headshot' | 'flat-pfp';

export interface DownloadOptions {
	layout: Layout;
	/** Which pictures the folders hold; a flat layout says it itself. */
	files: 'both' | 'headshots' | 'pfps';
	/** Head and shoulders in a square of at most `side` px; `null`: as they are. */
	size: { side: number; shape: 'square' } | null;
	/** Of what is encoded here, 0 to 1; a JPEG that needs no change keeps its own. */
	quality: number;
	/** The largest file, in bytes; `null`: any. Quality gives way first, then the file fails. */
	maxBytes: number | null;
	/** Adds `index.csv`: a line for each file. */
	index: boolean;
	/** Adds `README.txt`: what the archive is. */
	readme: boolean;
	/** For which system, by the id of a preset: its demands go before `size`, `maxBytes` and the names. */
	preset: string | null;
}

/** What Download Favorites does when nobody asks for anything else: the help article's archive. */
export const plainOptions: Readonly<DownloadOptions> = {
	layout: 'folders',
	files: 'both',
	size: null,
	quality: 0.95,
	maxBytes: null,
	index: false,
	readme: false,
	preset: null,
};

/** Whether both pictures of a favorite are asked for. */
export function wantsBoth({ layout, files }: DownloadOptions): boolean {
	return layout === 'folders' && files === 'both';
}

/** Whether both lead to the same archive, field by field. */
export function isSameOptions(one: DownloadOptions, other: DownloadOptions): boolean {
	const { size, ...rest } = one;
	const keys = Object.keys(rest) as (keyof typeof rest)[];
	return size?.side === other.size?.side && keys.every((key) => one[key] === other[key]);
}
