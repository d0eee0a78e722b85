import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { JobOutcome, JobRequest } from '$lib/download/contract';
import { Downloads } from '$lib/download/running/downloads.svelte';
import { deferred, quickLimits, settled, until } from '../backend/client-helpers.ts';

// A file on the admin's disk is a browser's: here it is a name.
const world = vi.hoisted(() => ({ asked: [] as JobRequest[], removed: [] as string[] }));

vi.mock('$lib/download/running/work', async (original) => ({
	...(await original<object>()),
	removeEmpty: async ({ name }: FileSystemFileHandle) => void world.removed.push(name),
	JobRun: class {
		async outcome(request: JobRequest): Promise<JobOutcome> {
			world.asked.push(request);
			return { kind: 'cancelled' };
		}
		end(): void {}
		async removeFile(): Promise<void> {}
	},
}));

beforeEach(() => {
	world.asked = [];
	world.removed = [];
});

/** Presses Download, straight to disk, and chooses a file after `meanwhile`. */
async function chosen(meanwhile: (organization: { uid: string }, all: Downloads) => void): Promise<void> {
	const organization = { uid: 'acme' };
	const place = deferred<FileSystemFileHandle>();
	const limits = { ...quickLimits, concurrency: 6, memoryBytes: 1, flushBytes: 1, maxArchiveBytes: 1 };
	const choosePlace = vi.fn(() => place.promise);
	const all = new Downloads({
		settings: { apiBase: 'http://127.0.0.1:9/api/v2', origin: 'http://127.0.0.1:9', limits },
		save: () => {},
		organization: () => organization.uid,
		choosePlace,
	});
	onTestFinished(() => all.dispose());
	all.start({ team: null, straightToDisk: true });
	await until(() => choosePlace.mock.calls.length === 1);
	meanwhile(organization, all);
	place.resolve({ name: 'chosen.zip' } as FileSystemFileHandle);
	await settled();
}

test('a file that was chosen gets what was asked for', async () => {
	await chosen(() => {});
	await until(() => world.asked.length === 1);
	expect(world.asked[0]).toMatchObject({ organizationUid: 'acme', filename: 'chosen.zip' });
});

test('where others have come into sight meanwhile, it stays without them', async () => {
	await chosen((organization, all) => {
		organization.uid = 'another';
		all.forgetAll();
	});
	expect([world.asked, world.removed]).toEqual([[], ['chosen.zip']]);
});
