import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
	NOTHING_YET,
	type FileFailure,
	type FileKey,
	type JobEvent,
	type JobOutcome,
} from '$lib/download/contract';
import { Downloads } from '$lib/download/running/downloads.svelte';
import { quickLimits, settled, until } from '../backend/client-helpers.ts';
import { world } from './told-work.ts';

vi.mock('$lib/download/running/work', async (original) => ({
	...(await original<object>()),
	...(await import('./told-work.ts')).work,
}));

beforeEach(() => {
	Object.assign(world, { runs: [], held: [], deleted: [], offered: [], isDue: false, onhold: () => {} });
});

const key = (shootId: string): FileKey => ({ shootId, photoId: 'p', picture: null, file: 'pfp.jpg' });
const failure: FileFailure = { ...key('s-1'), member: 'Ada', email: null, reason: 'Gone.' };
const delivered = [{ shootId: 's-2', photoId: 'p', picture: null, email: null, member: 'Bo' }];

const saved: Extract<JobOutcome, { kind: 'saved' }> = {
	kind: 'saved',
	filename: 'team-photos.zip',
	blob: new Blob(['archive']),
	spool: null,
	inPlace: false,
	entries: 2,
	bytes: 9,
	membersSaved: 1,
	membersTotal: 1,
	delivered,
	failures: [],
	skipped: [],
};
const parts = [[key('s-1')], [key('s-2')], [key('s-3')]];
const noRoom: JobOutcome = { kind: 'no-room', needed: 9, free: 4, parts };

/** Downloads whose first job runs. */
async function downloads() {
	const told = { saved: [] as string[], delivered: [] as unknown[], ended: 0 };
	const limits = { ...quickLimits, concurrency: 6, memoryBytes: 1, flushBytes: 1, maxArchiveBytes: 1 };
	const all = new Downloads({
		settings: { apiBase: 'http://127.0.0.1:9/api/v2', origin: 'http://127.0.0.1:9', limits },
		save: (_, filename) => told.saved.push(filename),
		ondelivered: (favorites, filename) => told.delivered.push([favorites, filename]),
		onended: () => told.ended++,
		choosePlace: async () => ({ name: 'mine.zip' }) as FileSystemFileHandle,
	});
	onTestFinished(() => all.dispose());
	all.start({ team: null });
	await running(1);
	return {
		all,
		told,
		/** The job that runs ends so. */
		ends: async (outcome: JobOutcome) => {
			world.ended.resolve(outcome);
			await until(() => !all.running);
		},
	};
}

const running = (count: number) => until(() => world.runs.length === count);
const last = () => world.runs.at(-1)!;

describe('what a job tells while it runs', () => {
	test('is on the screen as it comes: photos, notes, a warning and what failed', async () => {
		const { all } = await downloads();
		const progress = { ...NOTHING_YET, phase: 'fetching' as const, filesDone: 1, filesTotal: 9 };
		world.emit({ type: 'warning', warning: 'Held in memory.' });
		world.emit({ type: 'progress', progress: NOTHING_YET, failures: [failure], notes: ['One.'] });
		const more: FileFailure = { ...failure, file: 'headshot.jpg' };
		world.emit({ type: 'progress', progress, failures: [more], notes: ['Two.'] });
		expect(all.job).toMatchObject({
			state: { kind: 'running', progress },
			warning: 'Held in memory.',
			notes: ['One.', 'Two.'],
			failures: [failure, more],
			pace: { speed: null, minutes: null },
		});
	});

	test('shows how fast it is, and that it has become slow though nothing is heard', async () => {
		vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
		onTestFinished(() => void vi.useRealTimers());
		const { all, ends } = await downloads();
		for (let second = 0; second <= 20; second++) {
			const bytes = second * 1_000_000;
			const progress = {
				...NOTHING_YET,
				phase: 'fetching' as const,
				filesDone: second,
				filesTotal: 900,
				bytes,
			};
			world.emit({ type: 'progress', progress, failures: [], notes: [] });
			vi.advanceTimersByTime(1000);
		}
		const { speed, minutes } = all.job!.pace;
		expect(speed! / 1_000_000).toBeCloseTo(1, 0);
		expect(minutes).not.toBeNull();
		vi.advanceTimersByTime(10_000);
		expect(all.job!.pace.speed!).toBeLessThan(speed! / 2);
		await ends(saved);
		expect(vi.getTimerCount()).toBe(0);
	});

	test('counts for nothing once Cancel was pressed, or it has ended', async () => {
		const { all, ends } = await downloads();
		void all.cancel();
		const late: JobEvent = { type: 'progress', progress: NOTHING_YET, failures: [failure], notes: ['Late.'] };
		world.emit(late);
		expect(all.job).toMatchObject({ state: { kind: 'cancelling' }, failures: [], notes: [] });
		await ends(saved);
		world.emit(late);
		expect(all.job).toMatchObject({ state: { outcome: { kind: 'cancelled' } }, failures: [] });
		void all.cancel();
		expect(all.job?.state.kind).toBe('finished');
		all.dismiss();
		world.emit(late);
		expect(all.job).toBeNull();
	});

	test('reaches nobody where Cancel was pressed before there was a job: it is cancelled as it begins', async () => {
		const { all, ends } = await downloads();
		await ends(saved);
		all.start({ team: null });
		void all.cancel();
		await running(2);
		expect(last().calls).toEqual(['cancel']);
		await ends(saved);
		expect(all.job?.state).toMatchObject({ outcome: { kind: 'cancelled' } });
	});

	test('of failures, its outcome has the whole list; where that has none, they stay', async () => {
		const { all, ends } = await downloads();
		await ends({ ...saved, failures: [failure] });
		expect([all.job?.failures, all.history[0]?.failures]).toEqual([[failure], [failure]]);
		all.start({ team: null });
		await running(2);
		world.emit({ type: 'progress', progress: NOTHING_YET, failures: [failure], notes: [] });
		await ends(noRoom);
		expect(all.job?.failures).toEqual([failure]);
	});
});

test('what is pressed reaches the job that runs, and where none does nobody', async () => {
	const { all, ends } = await downloads();
	const press = () => {
		all.pause();
		all.resume();
		all.continueAfterSignIn();
	};
	press();
	await ends(saved);
	expect(last().calls).toEqual(['pause', 'resume', 'signedIn', 'end']);
	all.forgetAll();
	expect(press).not.toThrow();
	await all.cancel();
	expect(last().calls.filter((call) => call !== 'end')).toEqual(['pause', 'resume', 'signedIn']);
});

describe('an archive', () => {
	test('is handed over with what is whole in it, and whoever tidies up is told once', async () => {
		const { told, ends } = await downloads();
		await ends(saved);
		expect(told).toEqual({
			saved: ['team-photos.zip'],
			delivered: [[delivered, 'team-photos.zip']],
			ended: 1,
		});
		expect(world.held).toEqual([]);
	});

	test('that is where the admin wanted it is handed over by nobody, and stays', async () => {
		const { all, told, ends } = await downloads();
		expect(all.canChoosePlace).toBe(true);
		await ends(noRoom);
		all.insist('straight-to-disk');
		await running(2);
		expect([last().request.filename, last().place]).toEqual(['mine.zip', { name: 'mine.zip' }]);
		await ends({ ...saved, inPlace: true });
		expect([told.saved, told.delivered.length, last().calls]).toEqual([[], 1, ['end']]);
	});

	test('that came to nothing leaves no file where the admin wanted it', async () => {
		const { all, ends } = await downloads();
		await ends(noRoom);
		expect(last().calls).toEqual(['end']);
		all.insist('straight-to-disk');
		await running(2);
		await ends({ kind: 'empty', membersTotal: 0, failures: [], skipped: [], reason: null });
		expect(last().calls).toEqual(['end', 'removeFile']);
	});

	test('in a private file, cancelled in its last moment, is handed over to nobody, and its file goes', async () => {
		const { all, told } = await downloads();
		world.ended.resolve({ ...saved, spool: 'job-1' });
		void all.cancel();
		await until(() => !all.running);
		expect(all.job?.state).toMatchObject({ outcome: { kind: 'cancelled' } });
		expect([told.saved, told.delivered, world.deleted]).toEqual([[], [], ['job-1']]);
	});

	test('cancelled while its file is taken over, too', async () => {
		const { all, told } = await downloads();
		world.onhold = () => void all.cancel();
		world.ended.resolve({ ...saved, spool: 'job-1' });
		await until(() => !all.running);
		expect(all.job?.state).toMatchObject({ outcome: { kind: 'cancelled' } });
		expect([told.saved, told.delivered, world.deleted]).toEqual([[], [], ['job-1']]);
	});

	test('in a private file is held for as long as it is offered', async () => {
		const { all, told, ends } = await downloads();
		await ends({ ...saved, spool: 'job-1' });
		expect(world.held).toEqual([['job-1', undefined]]);
		world.tidyUp();
		expect([world.offered, told.ended]).toEqual([['job-1'], 1]);
		world.isDue = true;
		all.dismiss();
		expect([world.offered, told.ended]).toEqual([['job-1', null], 2]);
	});
});

describe('where there is hardly room', () => {
	test('all of it may be asked for all the same', async () => {
		const { all, ends } = await downloads();
		await ends(noRoom);
		all.insist('here');
		await running(2);
		expect(last()).toMatchObject({ place: null, request: { whateverRoom: true, files: null, series: null } });
	});

	test('the parts come one after the other, and those that the admin has make room', async () => {
		const { all, ends } = await downloads();
		await ends(noRoom);
		all.startParts();
		await running(2);
		expect(last().request).toMatchObject({ files: parts[0], whateverRoom: true, series: { index: 0 } });
		expect(all.job?.next).toEqual({ part: 2, of: 3 });
		await all.nextPart();
		expect(world.runs).toHaveLength(2);
		await ends({ ...saved, spool: 'job-2' });
		const [[, group]] = world.held as [[string, unknown]];
		void all.nextPart();
		await running(3);
		expect(world.deleted).toEqual([group]);
		expect(last().request).toMatchObject({ files: parts[1], series: { index: 1 } });
		// While it runs, the next is not to be had.
		await all.nextPart();
		expect([world.runs.length, world.deleted.length]).toEqual([3, 1]);
		await ends(saved);
		void all.nextPart();
		await running(4);
		await ends(saved);
		expect([last().request.files, all.job?.next]).toEqual([parts[2], null]);
		await all.nextPart();
		expect([world.runs.length, world.deleted.length, all.running]).toEqual([4, 2, false]);
	});

	test('archives that the admin has make room, and it begins anew', async () => {
		const { all, ends } = await downloads();
		expect(all.handedOverBytes).toBe(0);
		await ends({ ...saved, spool: 'job-1' });
		expect(all.handedOverBytes).toBe(7);
		all.again();
		await running(2);
		await ends(noRoom);
		await all.makeRoom();
		await running(3);
		expect([world.deleted, last().request.whateverRoom]).toEqual([[undefined], false]);
	});

	test('and nowhere else: other outcomes, and none, lead to neither', async () => {
		const { all, ends } = await downloads();
		const press = async () => {
			all.insist('here');
			all.startParts();
			await all.nextPart();
			await all.makeRoom();
			await settled();
		};
		await press();
		await ends(saved);
		await press();
		all.dismiss();
		await press();
		expect([world.runs.length, all.job]).toEqual([1, null]);
	});
});

describe('what failed', () => {
	test('is fetched again alone, into an archive of its own', async () => {
		const { all, ends } = await downloads();
		await ends({ ...saved, failures: [failure] });
		all.retryFailed();
		await running(2);
		expect(last().request).toMatchObject({ files: [key('s-1')], continues: false });
		expect(last().request.filename).toMatch(/ \(2\)\.zip$/);
		await ends(saved);
		all.retryFailed();
		await settled();
		expect(all.running).toBe(false);
	});

	test('can be saved as a list, by the archive’s name; without a download there is none', async () => {
		const { all, told, ends } = await downloads();
		await ends({ ...saved, failures: [failure] });
		await all.saveFailures();
		expect(told.saved.at(-1)).toMatch(/^team-photos-.* - failed\.csv$/);
		all.dismiss();
		await all.saveFailures();
		expect(told.saved).toHaveLength(2);
	});
});
