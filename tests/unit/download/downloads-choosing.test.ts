import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { JobOutcome, JobRequest } from '$lib/download/contract';
import { Downloads } from '$lib/download/running/downloads.svelte';
import { NO_PLACE } from '$lib/download/running/save-place';
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
	asksWhose = () => {};
});

/** Whose members are on the screen is being asked for. */
let asksWhose = () => {};

/** Presses Download, straight to disk, and chooses a file, or none, after `meanwhile`. */
async function chosen(
	meanwhile: (organization: { uid: string }, all: Downloads) => void,
	choice: FileSystemFileHandle | null = { name: 'chosen.zip' } as FileSystemFileHandle,
) {
	const organization = { uid: 'acme' };
	const place = deferred<FileSystemFileHandle | null>();
	const limits = { ...quickLimits, concurrency: 6, memoryBytes: 1, flushBytes: 1, maxArchiveBytes: 1 };
	const choosePlace = vi.fn(() => place.promise);
	const all = new Downloads({
		settings: { apiBase: 'http://127.0.0.1:9/api/v2', origin: 'http://127.0.0.1:9', limits },
		save: () => {},
		organization: () => {
			asksWhose();
			return organization.uid;
		},
		choosePlace,
	});
	onTestFinished(() => all.dispose());
	all.start({ team: null, straightToDisk: true });
	await until(() => choosePlace.mock.calls.length === 1);
	meanwhile(organization, all);
	place.resolve(choice);
	await settled();
	return { all, choosePlace };
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

test('in the very moment when it was chosen: the same', async () => {
	await chosen((_, all) => {
		// Between the choice and the job that writes there.
		asksWhose = () => queueMicrotask(() => all.forgetAll());
	});
	await until(() => world.removed.length === 1);
	expect([world.asked, world.removed]).toEqual([[], ['chosen.zip']]);
});

test('who presses again while choosing is not asked twice; who thinks better of it has no download, and may press again', async () => {
	const { all, choosePlace } = await chosen((_, all) => {
		all.start({ team: null, straightToDisk: true });
		all.start({ team: null });
	}, null);
	expect([choosePlace.mock.calls.length, all.job, world.asked]).toEqual([1, null, []]);
	all.start({ team: null });
	await until(() => world.asked.length === 1);
});

test('where the browser doesn’t let it ask, it says so, and the next press asks again', async () => {
	vi.spyOn(console, 'error').mockImplementation(() => {});
	onTestFinished(() => void vi.restoreAllMocks());
	const { all, choosePlace } = await chosen(() => {}, null);
	for (const asked of [2, 3]) {
		choosePlace.mockRejectedValueOnce(new DOMException('Not here.', 'SecurityError'));
		all.start({ team: null, straightToDisk: true });
		await until(() => choosePlace.mock.calls.length === asked && all.job?.state.kind === 'finished');
		expect(all.job?.state).toMatchObject({ outcome: { kind: 'failed', reason: NO_PLACE } });
		all.dismiss();
	}
	expect(world.asked).toEqual([]);
});
