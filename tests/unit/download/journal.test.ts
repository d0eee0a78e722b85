import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { JobRequest } from '$lib/download/contract';
import type { Results } from '$lib/download/job/deps';
import { Journal } from '$lib/download/job/journal';
import { planDownload, type FavoritePlan } from '$lib/download/job/plan';
import { Store } from '$lib/storage/store';
import type { PlacedEntry } from '$lib/zip/archive';
import { favorite, finishedShoot } from '../members/people-helpers.ts';
import { continued } from './request-helpers.ts';

const now = 1_000;
let store: Store;

beforeEach(() => {
	store = new Store({ name: `journal-${crypto.randomUUID()}` });
	onTestFinished(() => store.dispose());
});

const journalOf = (changed: Partial<JobRequest> = {}) =>
	new Journal(store, { ...continued, ...changed }, () => now);

/** Ada and Bo, each with a headshot and a profile picture. */
const plan = (changed: Parameters<typeof favorite>[0] = {}): FavoritePlan[] =>
	planDownload([finishedShoot('ada', { favorite: favorite(changed) }), finishedShoot('bo')]).favorites;

const adas = ['ada@example.com/headshot.jpg', 'ada@example.com/pfp.jpg'] as const;
const bos = ['bo@example.com/headshot.jpg', 'bo@example.com/pfp.jpg'] as const;

/** Files in the order in which they were written. */
function entries(...paths: string[]): PlacedEntry[] {
	return paths.map((path, index) => ({
		...{ path, size: 90, crc32: 7, offset: 100 * index },
		...({ time: 1, date: 2 } as unknown as PlacedEntry),
	}));
}

/** The paths that a new run finds in the journal. */
async function claimed(favorites = plan(), changed: Partial<JobRequest> = {}): Promise<string[]> {
	return (await journalOf(changed).claims(favorites)).map(({ entry }) => entry.path);
}

/** What is kept of the job itself. */
const kept = (id = 'job-1') => store.read(['jobs'], (transaction) => transaction.objectStore('jobs').get(id));

/** A journal that has begun and kept these files. */
async function written(...paths: string[]): Promise<Journal> {
	const journal = journalOf();
	await journal.begin(plan(), new Set());
	await journal.keep(entries(...paths), new Map());
	return journal;
}

describe('what was flushed', () => {
	test('is claimed by the next run, as it lies in the file', async () => {
		const journal = await written(bos[1], adas[0]);
		await journal.keep([{ ...entries(adas[1])[0]!, offset: 50 }], new Map());
		expect(await claimed()).toEqual([bos[1], adas[1], adas[0]]);
		const [first] = await journalOf().claims(plan());
		expect(first).toEqual({ entry: entries(bos[1])[0], facts: null });
	});

	test('is not claimed for another form of the same picture', async () => {
		await written(adas[0], bos[0]);
		const framed = plan();
		framed[1]!.tasks[0]!.files[0]!.make = 'crop';
		expect(await claimed(framed)).toEqual([adas[0]]);
	});

	test('is claimed for the very form that it has: another size, or another’s picture, is none of it', async () => {
		const sized = (side: number, changed: Parameters<typeof plan>[0] = {}) => {
			const favorites = plan(changed);
			const form = { crop: 'head' as const, minSide: 0, quality: 0.95, maxBytes: null };
			for (const { tasks } of favorites)
				for (const { files } of tasks)
					for (const file of files) file.make = { ...form, frame: { width: side, height: side } };
			return favorites;
		};
		const journal = journalOf();
		await journal.begin(sized(512), new Set());
		await journal.keep(entries(...adas), new Map());
		expect(await claimed(sized(512))).toEqual(adas);
		expect(await claimed(sized(600))).toEqual([]);
		expect(await claimed(sized(512, { photoId: 'p-2' }))).toEqual([]);
		expect(await claimed()).toEqual([]);
	});

	test('is told with the facts that the archive’s index needs, of what was saved', async () => {
		const facts = { width: 1, height: 2, bytes: 90, sha256: 'ab' };
		const results: Results = new Map([
			[adas[0], { kind: 'saved', facts }],
			[adas[1], { kind: 'failed', reason: 'Gone.' }],
		]);
		const journal = journalOf();
		await journal.begin(plan(), new Set());
		await journal.keep(entries(...adas), results);
		expect((await journalOf().claims(plan())).map((claim) => claim.facts)).toEqual([facts, null]);
	});

	test('and could not be written down goes along with the next, so that there is no gap', async () => {
		const journal = journalOf();
		await journal.begin(plan(), new Set());
		const [one, two, three] = entries(...adas, bos[0]);
		const write = vi.spyOn(store, 'write').mockRejectedValueOnce(new Error('no room'));
		await expect(journal.keep([one!], new Map())).rejects.toThrow('no room');
		await journal.keep([two!], new Map());
		expect(await claimed()).toEqual(adas);
		expect(await kept()).toMatchObject({ membersDone: 1, membersTotal: 2 });
		await journal.keep([three!], new Map());
		expect(write).toHaveBeenCalledTimes(3);
		expect(await claimed()).toEqual([...adas, bos[0]]);
	});

	test('is counted once, however often it is told', async () => {
		const journal = await written(adas[0]);
		await journal.keep(entries(adas[0]), new Map());
		expect(await kept()).toMatchObject({ membersDone: 0, membersTotal: 2 });
	});

	test('by another job is not claimed', async () => {
		await written(...adas);
		expect(await claimed(plan(), { id: 'job-2' })).toEqual([]);
	});
});

describe('given a member who has changed their mind since', () => {
	test('what lies behind the file that nobody wants any more is not claimed', async () => {
		await written(bos[0], adas[0], bos[1]);
		expect(await claimed(plan({ photoId: 'p-2' }))).toEqual([bos[0]]);
	});

	test('whose file is the first, nothing at all is claimed', async () => {
		await written(...adas, ...bos);
		expect(await claimed(plan({ photoId: 'p-2' }))).toEqual([]);
	});

	test('only a profile picture that was made anew: the headshot is the same', async () => {
		await written(...adas, ...bos);
		const made = plan({
			profilePicture: { kind: 'rendered', url: 'https://cdn.example/new', expiresAt: null },
		});
		expect(await claimed(made)).toEqual([adas[0]]);
	});

	test('the same picture by another link is the same', async () => {
		await written(...adas);
		const link = { url: 'https://cdn.example/x?signature=other', expiresAt: 5 };
		expect(await claimed(plan({ headshot: link, profilePicture: { kind: 'rendered', ...link } }))).toEqual(
			adas,
		);
	});

	test('one who is gone is wanted no more', async () => {
		await written(adas[0], bos[0]);
		expect(await claimed(plan().slice(0, 1))).toEqual([adas[0]]);
	});
});

describe('a run that goes on', () => {
	test('forgets what could not be proven', async () => {
		await written(...adas, ...bos);
		await journalOf().begin(plan(), new Set([adas[0], bos[0]]));
		expect(await claimed()).toEqual([adas[0], bos[0]]);
	});

	test('leaves the journals of others alone', async () => {
		await written(...adas);
		await journalOf({ id: 'job-2' }).begin(plan(), new Set());
		expect(await claimed()).toEqual(adas);
	});

	test('counts the members whose files are here already', async () => {
		await written(...adas);
		const journal = journalOf();
		await journal.begin(plan(), new Set(adas));
		await journal.keep(entries(bos[0]), new Map());
		expect(await kept()).toMatchObject({ membersDone: 1, membersTotal: 2 });
		await journal.keep(entries(bos[1]), new Map());
		expect(await kept()).toMatchObject({ membersDone: 2, membersTotal: 2 });
	});
});

describe('the job', () => {
	test('is kept with the first files, whole, so that it can be offered again', async () => {
		await written(adas[0]);
		expect(await kept()).toEqual({
			id: 'job-1',
			organization: 'acme',
			request: continued,
			startedAt: now,
			finishedAt: null,
			membersDone: 0,
			membersTotal: 2,
		});
	});

	test('has begun when it began, however long it takes and however often it goes on', async () => {
		let time = 5;
		const late = () => new Journal(store, continued, () => time);
		const first = late();
		await first.begin(plan(), new Set());
		time = 6;
		await first.keep(entries(adas[0]), new Map());
		time = 7;
		const second = late();
		await second.begin(plan(), new Set([adas[0]]));
		await second.keep(entries(adas[1]), new Map());
		expect(await kept()).toMatchObject({ startedAt: 5, finishedAt: null });
		time = 8;
		await second.settle('handed-over');
		expect(await kept()).toMatchObject({ startedAt: 5, finishedAt: 8 });
	});

	test('of nobody’s organization is kept under none', async () => {
		const journal = journalOf({ organizationUid: null });
		await journal.begin(plan(), new Set());
		await journal.keep(entries(adas[0]), new Map());
		expect(await kept()).toMatchObject({ organization: '' });
	});

	test('counts a member of several photo shoots once, when all of their files are here', async () => {
		const twice = planDownload([
			finishedShoot('ada', { memberId: 'm' }),
			finishedShoot('bo', { memberId: 'm' }),
		]).favorites;
		const journal = journalOf();
		await journal.begin(twice, new Set());
		await journal.keep(entries(...adas, bos[0]), new Map());
		expect(await kept()).toMatchObject({ membersDone: 0, membersTotal: 1 });
		await journal.keep(entries(bos[1]), new Map());
		expect(await kept()).toMatchObject({ membersDone: 1, membersTotal: 1 });
	});

	test('files that nobody planned, such as the index, change no count', async () => {
		const journal = await written(...adas);
		await journal.keep(entries('index.csv'), new Map());
		expect(await kept()).toMatchObject({ membersDone: 1, membersTotal: 2 });
	});
});

describe('in the end', () => {
	test('a job that was handed over stays, with its time, and its journal goes', async () => {
		const journal = await written(...adas);
		await journal.settle('handed-over');
		expect(await kept()).toMatchObject({ id: 'job-1', finishedAt: now, membersDone: 1 });
		expect(await claimed()).toEqual([]);
	});

	test('one that never was written is not kept either', async () => {
		await journalOf().settle('handed-over');
		expect(await kept()).toBeUndefined();
	});

	test('a discarded one leaves nothing, and the others stay', async () => {
		const journal = await written(...adas);
		const other = journalOf({ id: 'job-2' });
		await other.begin(plan(), new Set());
		await other.keep(entries(...bos), new Map());
		await journal.settle('discarded');
		expect([await kept(), await claimed()]).toEqual([undefined, []]);
		expect(await kept('job-2')).toMatchObject({ membersDone: 1 });
		expect(await claimed(plan(), { id: 'job-2' })).toEqual(bos);
	});
});

test('a new job asks nothing of the disk before its first files are there', async () => {
	await written(...adas);
	await journalOf({ continues: false }).begin(plan(), new Set());
	expect(await claimed()).toEqual(adas);
});
