import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { JobOutcome, JobRequest } from '$lib/download/contract';
import { Downloads } from '$lib/download/running/downloads.svelte';
import { plainOptions } from '$lib/download/options/options';
import { quickLimits, until } from '../backend/client-helpers.ts';

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

const left: JobRequest = {
	...{ id: 'left', organizationUid: 'acme', continues: true, teamId: null, shootIds: null, files: null },
	...{ options: plainOptions, whateverRoom: false, organization: null, filename: 'of-yesterday.zip' },
};

/** Starts, and when it has ended presses Try again. */
async function again(start: (all: Downloads) => void): Promise<JobRequest[]> {
	const limits = { ...quickLimits, concurrency: 6, memoryBytes: 1, flushBytes: 1, maxArchiveBytes: 1 };
	const all = new Downloads({
		settings: { apiBase: 'http://127.0.0.1:9/api/v2', origin: 'http://127.0.0.1:9', limits },
		save: () => {},
		organization: () => 'acme',
	});
	onTestFinished(() => all.dispose());
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
