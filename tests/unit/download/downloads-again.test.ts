import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { JobOutcome, JobRequest } from '$lib/download/contract';
import { Downloads } from '$lib/download/running/downloads.svelte';
import { quickLimits, until } from '../backend/client-helpers.ts';
import { continued } from './request-helpers.ts';

// A private file is a browser's: here it is a name.
const world = vi.hoisted(() => ({
	files: new Set<string>(),
	asked: [] as JobRequest[],
	/** How each job ends. */
	end: (_: JobRequest): JobOutcome => ({ kind: 'cancelled' }),
}));

vi.mock('$lib/download/running/work', async (original) => ({
	...(await original<object>()),
	isKept: async (name: string) => world.files.has(name),
	JobRun: class {
		async outcome(request: JobRequest): Promise<JobOutcome> {
			world.asked.push(request);
			return world.end(request);
		}
		end(): void {}
	},
}));

beforeEach(() => {
	world.files.clear();
	world.asked = [];
});

const failed: JobOutcome = { kind: 'failed', reason: 'Out of luck.', failures: [] };

const left: JobRequest = { ...continued, id: 'left', organization: null, filename: 'of-yesterday.zip' };

const nothing = {
	blob: new Blob(),
	spool: null,
	inPlace: false,
	entries: 0,
	bytes: 0,
	membersSaved: 0,
	membersTotal: 0,
	delivered: [],
	failures: [],
	skipped: [],
};

function downloads(): Downloads {
	const limits = { ...quickLimits, concurrency: 6, memoryBytes: 1, flushBytes: 1, maxArchiveBytes: 1 };
	const all = new Downloads({
		settings: { apiBase: 'http://127.0.0.1:9/api/v2', origin: 'http://127.0.0.1:9', limits },
		save: () => {},
		organization: () => 'acme',
	});
	onTestFinished(() => all.dispose());
	return all;
}

/** Starts, and when it has ended presses Try again. */
async function again(start: (all: Downloads) => void): Promise<JobRequest[]> {
	const all = downloads();
	start(all);
	await until(() => world.asked.length === 1 && !all.running);
	all.again();
	await until(() => world.asked.length === 2 && !all.running);
	return world.asked;
}

test('a download that goes on and fails goes on once more', async () => {
	world.files.add('left');
	world.end = () => failed;
	expect(await again((all) => all.goOn(left, ''))).toMatchObject([
		{ id: 'left', continues: true, filename: 'of-yesterday.zip' },
		{ id: 'left', continues: true, filename: 'of-yesterday.zip' },
	]);
});

test('one whose worker dies goes on with the file that it has left', async () => {
	world.end = ({ id }) => {
		world.files.add(id);
		return failed;
	};
	const [first, second] = await again((all) => all.start({ team: null }));
	expect(first).toMatchObject({ continues: false });
	expect(second).toEqual({ ...first, continues: true });
});

test('a part that goes on offers the part that comes after it', async () => {
	const key = { shootId: 's', photoId: 'p', picture: null, file: 'pfp.jpg' as const };
	world.files.add('left');
	world.end = ({ filename }) => ({ kind: 'saved', filename, ...nothing });
	const all = downloads();
	all.goOn({ ...left, files: [key], series: { parts: [[], [], [key]], index: 1 } }, '');
	await until(() => world.asked.length === 1 && !all.running);
	expect(all.job?.next).toEqual({ part: 3, of: 3 });
	await all.nextPart();
	await until(() => world.asked.length === 2 && !all.running);
	expect(world.asked[1]).toMatchObject({ continues: false, files: [key], series: { index: 2 } });
	expect(world.asked[1]?.filename).toMatch(/\(part 3 of 3\)\.zip$/);
});

test('where no file can be chosen, what was to go straight to disk is saved by the browser', async () => {
	world.end = () => failed;
	const all = downloads();
	expect(all.canChoosePlace).toBe(false);
	all.start({ team: null, straightToDisk: true });
	await until(() => world.asked.length === 1);
});

test('one that has left no file starts over', async () => {
	world.end = () => failed;
	const [first, second] = await again((all) => all.start({ team: null }));
	expect(second).toEqual({ ...first, id: expect.not.stringMatching(`^${first!.id}$`) });
	expect(second?.continues).toBe(false);
});

test('one whose file is gone by the time of Continue starts over', async () => {
	world.end = () => failed;
	const [first] = await again((all) => all.goOn(left, ''));
	expect(first).toMatchObject({ continues: false });
	expect(first?.id).not.toBe('left');
});
