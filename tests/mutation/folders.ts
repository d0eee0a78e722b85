/**
 * The pure core, by folder.
 *
 * - `tests`: the unit tests that are about it (`tests/unit/<room>/<name>.test.ts`), the quick ones first. Others may pass
 *   through it on their way, and would find some mutants late and slowly; without them the score says what a folder's own
 *   tests are worth. Left out for their length alone: zip64 and append-peers (archives past 4 GiB, five unpackers),
 *   hostile-answers. csv-day needs a process of its own, for its time zone, and Stryker gives threads.
 * - `apart`: those that put something else in a module's place, which others in the same thread have loaded already: each
 *   gets a thread of its own.
 * - `leftOut`: files that the unit tests can't reach, since they run in Node, and why. Each has its own tests elsewhere.
 */
interface Folder {
	tests: string[];
	apart?: string[];
	leftOut: Record<string, string>;
}

/** By the folder's place in src/lib. What is named within another one is not part of that. */
export const folders: Record<string, Folder> = {
	zip: {
		tests: [
			...[
				'append-writer',
				'archive-file',
				'growing-archive',
				'proof',
				'read-end',
				'read-records',
				'receipt',
				'sink-reader',
			],
			...['zip', 'zip-records'],
		],
		leftOut: {
			'spool.ts': 'OPFS: tests/component/zip/spool.test.ts',
			'spool-files.ts': 'OPFS: tests/component/zip/spool.test.ts',
			'spool-lock.ts': 'Web Locks: tests/component/zip/spool.test.ts',
			'disk-file.ts': 'a file that the admin chose: tests/component/zip/disk-file.test.ts',
		},
	},
	photos: {
		tests: [
			'convert-in-time',
			'crop',
			'fetch-photo',
			'format',
			'gateway-photo-reasons',
			'index-file',
			'photo-answers',
			'photo-url',
			'picture-parts',
		],
		leftOut: {
			'draw.ts': 'OffscreenCanvas: tests/component/photos/convert.test.ts',
			'convert.ts': 'OffscreenCanvas: tests/component/photos/convert.test.ts, profile-png.test.ts',
			'sized.ts': 'OffscreenCanvas: tests/component/photos/convert.test.ts, presets.test.ts',
		},
	},
	net: {
		tests: [
			'connection',
			'gate',
			'loopback',
			'net-errors',
			'pool',
			'read-body',
			'retry',
			'retry-after',
			'wait',
			'watchdog',
		],
		leftOut: {},
	},
	'download/options': {
		tests: ['download-options', 'download-words', 'presets', 'plan', 'plan-options'],
		leftOut: {
			'remembered.ts': 'localStorage: tests/component/download/DownloadOptions.test.ts',
		},
	},
	'download/job': {
		tests: [
			...['archiving', 'journal', 'pauser', 'plan', 'presets', 'reporter', 'room', 'sign-in'],
			...['index-file', 'job-archive', 'job-faults', 'job', 'plan-options', 'job-control'],
		],
		leftOut: {
			'download.worker.ts': 'a worker',
			'start-worker.ts': 'starts a worker',
			'api.ts': 'joins the job and the browser: tests/e2e/download.test.ts, resume.test.ts',
			'archiving.ts': 'chooses between memory, OPFS and disk: tests/e2e/resume.test.ts, room.test.ts',
			'make-bytes.ts': 'OffscreenCanvas: tests/component/photos/convert.test.ts',
		},
	},
	download: {
		tests: [
			...['course', 'download-words', 'job-run', 'notifier', 'orders', 'outcome', 'pace', 'tab-sign'],
			...['wake-lock', 'downloads'],
		],
		apart: [
			'downloads-again',
			'downloads-cancel',
			'downloads-choosing',
			'downloads-in-place',
			'downloads-not-loaded',
			'downloads-told',
		],
		leftOut: {
			'running/work.ts': 'names what is loaded later',
			'running/save-place.ts': 'the file picker: tests/e2e/download.test.ts',
			'kept/handed-over.ts': 'OPFS and Web Locks: tests/e2e/room.test.ts',
			'kept/interrupted.ts': 'OPFS and Web Locks: tests/component/download/unfinished.test.ts',
			'kept/unfinished.svelte.ts': 'IndexedDB and Web Locks: tests/component/download/unfinished.test.ts',
			'kept/deliveries.svelte.ts': 'IndexedDB: tests/component/download/deliveries.test.ts',
		},
	},
	csv: {
		tests: ['members-csv', 'slices'],
		leftOut: {
			'job/csv.worker.ts': 'a worker',
			'job/start-worker.ts': 'starts a worker',
			'exports.svelte.ts': 'an export in a worker: tests/component/csv/Exports.test.ts',
		},
	},
	actioned: {
		tests: [
			...['actioned-backup', 'actioned-changes', 'actioned-records', 'actioned-row', 'actioned-sentence'],
			...['kept-count', 'marker', 'marker-map', 'restore-preview', 'tabs'],
		],
		leftOut: {
			'markers.svelte.ts': 'IndexedDB in several tabs: tests/component/actioned/markers.test.ts',
			'mirror.svelte.ts': 'IndexedDB in several tabs: tests/component/actioned/markers.test.ts',
			'restore.svelte.ts': 'the dialog around it: tests/component/actioned/BackupDialog.test.ts',
			'wake.ts': 'a page that is hidden and shown: tests/component/actioned/markers.test.ts',
		},
	},
	members: {
		tests: [
			...[
				'arrange',
				'assemble',
				'attention',
				'file-names',
				'fresh-photo',
				'grid',
				'load-roster',
				'load-shoots',
				'names',
				'people',
				'photo-names',
			],
			...['roster', 'roster-kept'],
		],
		leftOut: {},
	},
};

/** What Stryker changes in a folder. @param folder one of `folders` */
export function mutated(folder: string): string[] {
	const within = Object.keys(folders).filter((other) => other.startsWith(`${folder}/`));
	const leftOut = Object.keys(folders[folder]?.leftOut ?? {});
	return [
		`src/lib/${folder}/**/*.ts`,
		...within.map((other) => `!src/lib/${other}/**`),
		...leftOut.map((file) => `!src/lib/${folder}/${file}`),
	];
}

/** The folders that these names stand for: a room is all of its floors. @throws {Error} a name that there is not */
export function foldersOf(names: string[]): string[] {
	const all = Object.keys(folders);
	const of = (name: string) => all.filter((folder) => folder === name || folder.startsWith(`${name}/`));
	const unknown = names.filter((name) => of(name).length === 0);
	if (unknown.length > 0)
		throw new Error(`There is no folder ${unknown.join(', ')}. There are: ${all.join(', ')}`);
	return names.length > 0 ? [...new Set(names.flatMap(of))] : all;
}
