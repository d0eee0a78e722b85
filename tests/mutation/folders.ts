/**
 * The pure core, by folder.
 *
 * - `tests`: the unit tests that are about it (`tests/unit/<room>/<name>.test.ts`). Others may pass through it on their way, and
 *   would find some mutants late and slowly; without them the score says what a folder's own tests are worth. Left out
 *   for their length alone: zip64 and append-peers (archives past 4 GiB, five unpackers), hostile-answers.
 *   csv-day needs a process of its own, for its time zone, and Stryker gives threads.
 * - `apart`: those that put something else in a module's place, which others in the same thread have loaded already: each
 *   gets a thread of its own.
 * - `leftOut`: files that the unit tests can't reach, since they run in Node, and why. Each has its own tests elsewhere.
 */
interface Folder {
	tests: string[];
	apart?: string[];
	leftOut: Record<string, string>;
}

/** By the folder's name in src/lib. */
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
	download: {
		tests: [
			...[
				'archiving',
				'download-options',
				'download-words',
				'downloads',
				'index-file',
				'job',
				'journal',
				'notifier',
			],
			...['course', 'job-archive', 'job-control', 'job-faults', 'job-run'],
			...[
				'orders',
				'outcome',
				'pace',
				'pauser',
				'plan',
				'plan-options',
				'presets',
				'reporter',
				'room',
				'sign-in',
			],
			...['tab-sign', 'wake-lock'],
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
			'job/download.worker.ts': 'a worker',
			'job/start-worker.ts': 'starts a worker',
			'job/api.ts': 'joins the job and the browser: tests/e2e/download.test.ts, resume.test.ts',
			'job/archiving.ts': 'chooses between memory, OPFS and disk: tests/e2e/resume.test.ts, room.test.ts',
			'job/make-bytes.ts': 'OffscreenCanvas: tests/component/photos/convert.test.ts',
			'running/work.ts': 'names what is loaded later',
			'running/save-place.ts': 'the file picker: tests/e2e/download.test.ts',
			'kept/handed-over.ts': 'OPFS and Web Locks: tests/e2e/room.test.ts',
			'kept/interrupted.ts': 'OPFS and Web Locks: tests/component/download/unfinished.test.ts',
			'kept/unfinished.svelte.ts': 'IndexedDB and Web Locks: tests/component/download/unfinished.test.ts',
			'kept/deliveries.svelte.ts': 'IndexedDB: tests/component/download/deliveries.test.ts',
			'options/remembered.ts': 'localStorage: tests/component/download/DownloadOptions.test.ts',
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
	const leftOut = Object.keys(folders[folder]?.leftOut ?? {});
	return [`src/lib/${folder}/**/*.ts`, ...leftOut.map((file) => `!src/lib/${folder}/${file}`)];
}
