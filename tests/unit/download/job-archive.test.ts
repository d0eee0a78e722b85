import { describe, expect, test, vi } from 'vitest';
import type { JobOutcome } from '$lib/download/contract';
import { pathsOf, type FavoritePlan } from '$lib/download/job/plan';
import type { JobDeps, Results } from '$lib/download/job/deps';
import { plainOptions } from '$lib/download/options/options';
import { createArchive } from '$lib/zip/open-archive';
import { DiskFileError } from '$lib/zip/disk-file';
import { ReceiptError, SpoolBusyError, SpoolFullError } from '$lib/zip/errors';
import { until } from '../backend/client-helpers.ts';
import { job, makeFile, saved } from './job-helpers.ts';

/** A job and what it does with its archive in the end, in order. @param spooled whether the archive is in a file of ours */
async function archived(spooled: boolean, changed: Partial<JobDeps> = {}) {
	const ends: string[] = [];
	const its = await job({}, { settle: async (how) => void ends.push(how), ...changed });
	Object.defineProperty(its.archive, 'spooled', { value: spooled });
	const dispose = its.archive.dispose.bind(its.archive);
	its.archive.dispose = (options) => {
		ends.push(options.keep ? 'kept' : 'deleted');
		return dispose(options);
	};
	return { its, ends };
}

type Its = Awaited<ReturnType<typeof job>>;

describe('what becomes of an archive in a file', () => {
	const full = new SpoolFullError(5_000_000);
	test.each<[string, (its: Its) => void, JobOutcome['kind'], string[]]>([
		['that is whole: it is handed over', () => {}, 'saved', ['handed-over', 'kept']],
		[
			'that is cancelled: it stays, to go on from',
			({ archive, controller }) =>
				vi.spyOn(archive, 'finish').mockImplementation(async () => {
					controller.abort(new Error('cancelled'));
					throw controller.signal.reason;
				}),
			'cancelled',
			['kept'],
		],
		[
			'whose job came to a halt: it stays, to go on from',
			({ archive }) => vi.spyOn(archive, 'finish').mockRejectedValue(new RangeError('Out of memory.')),
			'failed',
			['kept'],
		],
		[
			'that fails its check: it is of no use',
			({ archive }) => vi.spyOn(archive, 'finish').mockRejectedValue(new ReceiptError('It is damaged')),
			'failed',
			['discarded', 'deleted'],
		],
		[
			'that fills the disk: it makes room',
			({ archive }) => vi.spyOn(archive, 'add').mockRejectedValue(full),
			'failed',
			['discarded', 'deleted'],
		],
		[
			'with nothing in it: it goes',
			({ standIn }) => standIn.faults.add({ kind: 'status', status: 410 }),
			'empty',
			['discarded', 'deleted'],
		],
	])('%s', async (_, happens, kind, expected) => {
		const { its, ends } = await archived(true);
		happens(its);
		expect([(await its.run()).kind, ends]).toEqual([kind, expected]);
	});

	test('one in memory is let go of, and there is nothing to forget', async () => {
		const { its, ends } = await archived(false, {
			makeFile: () => Promise.reject(new RangeError('Out of memory.')),
		});
		expect([(await its.run()).kind, ends]).toEqual(['failed', ['deleted']]);
	});

	test('of one that can’t be let go of, the engineer hears, and its outcome stays what it is', async () => {
		const errors = vi.spyOn(console, 'error').mockImplementation(() => {});
		const { its } = await archived(true);
		const error = new Error('The disk is gone.');
		its.archive.dispose = () => Promise.reject(error);
		expect((await its.run()).kind).toBe('saved');
		expect(errors).toHaveBeenCalledWith(error);
		errors.mockRestore();
	});

	test('one that another tab has stays as it is, and the sentence says so', async () => {
		const settle = vi.fn(async () => {});
		const busy = new SpoolBusyError('job-1 is locked.');
		const its = await job({}, { settle, openArchive: () => Promise.reject(busy) });
		const reason = 'This download goes on in another tab.';
		expect(await its.run()).toEqual({ kind: 'failed', reason, failures: [] });
		expect(settle).not.toHaveBeenCalled();
	});
});

describe('what the admin reads', () => {
	test.each<[string, number | null, string]>([
		['how much is free', 1_000_000, ' (1 MB are free)'],
		['nothing of what is free where nobody knows', null, ''],
		['nothing of what is free where that can’t be right', 10_000_000_000, ''],
		['nothing of what is free where it would do', 5_000_000, ''],
	])('of a full disk: what had no room, what to do, and %s', async (_, free, told) => {
		const its = await job();
		vi.spyOn(its.archive, 'add').mockRejectedValue(new SpoolFullError(5_000_000, free));
		const reason =
			`The disk is full: the next 5 MB had no room${told}. What was there of this archive is deleted. ` +
			'Free some space and try again, or download team by team.';
		expect(await its.run()).toEqual({ kind: 'failed', reason, failures: [] });
	});

	test('of a file of their own that can’t be written: what to do', async () => {
		const its = await job();
		vi.spyOn(its.archive, 'add').mockRejectedValue(new DiskFileError('chosen.zip can’t be written.'));
		const reason =
			'The file that you chose could not be written. Choose another place, or download without “Save straight to disk”.';
		expect(await its.run()).toEqual({ kind: 'failed', reason, failures: [] });
	});

	test('of photos that no file can hold: a warning before the first one, and else none', async () => {
		const warnings = ({ events }: Its) =>
			events.flatMap(({ event }) => (event.type === 'warning' ? [event.warning] : []));
		const held = await job({ members: 12 });
		await saved(held.run());
		expect(warnings(held)).toEqual([expect.stringMatching(/are held in memory, about 36 MB; /)]);
		const few = await job();
		const inFile = await job({ members: 12 }, { canSpool: true });
		await Promise.all([saved(few.run()), saved(inFile.run())]);
		expect([warnings(few), warnings(inFile)]).toEqual([[], []]);
	});

	test('of packing and checking: how much of each is done', async () => {
		const toldOf = (its: Its, phase: string) =>
			until(() => {
				const last = its.progress().at(-1);
				return last?.phase === phase && last.share === 0.5;
			});
		const its: Its = await job(
			{},
			{
				verify: async (_blob, writer, _signal, onShare) => {
					onShare(0.5);
					await toldOf(its, 'checking');
					return [...writer.entries];
				},
			},
		);
		const finish = its.archive.finish.bind(its.archive);
		its.archive.finish = async (options) => {
			options.onShare?.(0.5);
			await toldOf(its, 'packing');
			return finish(options);
		};
		await saved(its.run());
	});
});

describe('given an archive that an earlier run has begun', () => {
	/** A job that goes on with one member's files, and the first of the next one's. */
	async function begun(without: 'profilePicture-field'[] = []) {
		const archive = createArchive({ modified: new Date(), maxBytes: 1e9 });
		const openArchive = async (favorites: FavoritePlan[]) => {
			const paths = favorites.flatMap(pathsOf).slice(0, 3);
			for (const path of paths) await archive.add(path, new Uint8Array(10));
			return archive;
		};
		const told = () => its.progress().some(({ phase }) => phase === 'fetching');
		const its: Its = await job(
			{ without },
			{
				openArchive,
				continues: true,
				// The start is told before anything else is done.
				makeFile: async (...given) => {
					await until(told);
					return makeFile(...given);
				},
			},
		);
		return its;
	}

	test('what is here is not fetched again, and counts as done from the start', async () => {
		const its = await begun();
		expect(await saved(its.run())).toMatchObject({ entries: 6, membersSaved: 3, failures: [] });
		expect(its.photosAsked()).toHaveLength(3);
		const all = { filesTotal: 6, membersTotal: 3 };
		const [first] = its.progress().filter(({ phase }) => phase === 'fetching');
		expect(first).toMatchObject({ ...all, filesDone: 3, membersDone: 1 });
		expect(its.progress().at(-1)).toMatchObject({ ...all, filesDone: 6, membersDone: 3 });
	});

	test('a headshot that is here is fetched for its profile picture alone', async () => {
		const its = await begun(['profilePicture-field']);
		expect(await saved(its.run())).toMatchObject({ entries: 6, membersSaved: 3, failures: [] });
		expect(its.photosAsked()).toHaveLength(2);
		expect(its.progress().at(-1)).toMatchObject({ filesDone: 6, filesTotal: 6, membersDone: 3 });
	});
});

test('what came of each file is kept only where the archive tells of it', async () => {
	for (const [form, count] of [
		[plainOptions, 0],
		[{ ...plainOptions, index: true }, 6],
		[{ ...plainOptions, preset: 'namely', layout: 'flat-pfp' as const }, 3],
	] as const) {
		let known: Results = new Map();
		const its: Its = await job(
			{},
			{
				form,
				openArchive: async (_favorites, results) => {
					known = results;
					return its.archive;
				},
			},
		);
		await saved(its.run());
		expect(known.size).toBe(count);
	}
});
