import 'fake-indexeddb/auto';
import { expect, onTestFinished, test, vi } from 'vitest';
import { archiving } from '$lib/download/job/archiving';
import { Journal } from '$lib/download/job/journal';
import { planDownload } from '$lib/download/job/plan';
import { Store } from '$lib/storage/store';
import type { PlacedEntry } from '$lib/zip/archive';
import { finishedShoot } from '../members/people-helpers.ts';
import { never, quickLimits } from '../backend/client-helpers.ts';
import { continued } from './request-helpers.ts';

const limits = { ...quickLimits, concurrency: 6, memoryBytes: 100, flushBytes: 100, maxArchiveBytes: 1e9 };
const favorites = planDownload([finishedShoot('ada')]).favorites;

function storeOf(): Store {
	const store = new Store({ name: `archiving-${crypto.randomUUID()}` });
	onTestFinished(() => store.dispose());
	return store;
}

test('where no file can be had, a download that goes on says so, and what is here of it stays', async () => {
	const store = storeOf();
	const journal = new Journal(store, continued, () => 1);
	await journal.begin(favorites, new Set());
	const entry = { path: 'ada@example.com/headshot.jpg', size: 1, crc32: 1, offset: 0 } as PlacedEntry;
	await journal.keep([entry], new Map());
	const { openArchive } = await archiving(continued, limits, store, null, () => {});
	await expect(openArchive(favorites, new Map(), never)).rejects.toThrow(/can’t go on here just now/);
	expect(await journal.claims(favorites)).toHaveLength(1);
});

test('where the browser refuses a file that it seemed to have, the admin is told once, and all of it stays in memory', async () => {
	vi.spyOn(console, 'warn').mockImplementation(() => {});
	onTestFinished(() => {
		vi.restoreAllMocks();
		vi.unstubAllGlobals();
	});
	class Refused {
		createSyncAccessHandle(): Promise<never> {
			return Promise.reject(new DOMException('Not here.', 'InvalidStateError'));
		}
	}
	const folder = { getFileHandle: async () => new Refused() };
	vi.stubGlobal('FileSystemFileHandle', Refused);
	vi.stubGlobal('navigator', {
		storage: { getDirectory: async () => ({ getDirectoryHandle: async () => folder }) },
		locks: { request: async (_name: string, _options: object, use: (lock: object) => unknown) => use({}) },
	});
	const warnings: string[] = [];
	const fresh = { ...continued, continues: false };
	const its = await archiving(fresh, limits, storeOf(), null, (warning) => warnings.push(warning));
	expect(its.canSpool).toBe(true);
	const archive = await its.openArchive(favorites, new Map(), never);
	for (const path of ['a', 'b', 'c']) await archive.add(path, new Uint8Array(1000));
	expect(warnings).toEqual([expect.stringMatching(/are held in memory, about 3 MB; .* begins anew\.$/)]);
	expect([archive.spooled, archive.entries.length]).toEqual([false, 3]);
});
