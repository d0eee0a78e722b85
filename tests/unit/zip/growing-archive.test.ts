import { beforeEach, describe, expect, test } from 'vitest';
import type { ArchiveEntry, ArchiveOptions, PlacedEntry } from '$lib/zip/archive';
import { createArchive, resumeArchive } from '$lib/zip/open-archive';
import { ArchiveTooLargeError, ReceiptError, SpoolFullError } from '$lib/zip/errors';
import { verifyArchive } from '$lib/zip/receipt';
import type { Spool } from '$lib/zip/sink';
import { MemorySink } from './memory-sink';

const never = new AbortController().signal;
const photo = (n: number) => new Uint8Array(1000).fill(n);

/** A disk with one file, and what became of it. */
class Disk {
	file: Uint8Array<ArrayBuffer> | null = null;
	released = 0;
	opened = 0;
	room = Infinity;

	open(): Promise<Spool> {
		this.opened++;
		const sink = new MemorySink(this.file ?? undefined, this.room);
		const keep = () => (this.file = sink.bytes);
		return Promise.resolve(
			Object.assign(sink, {
				name: 'archive.zip',
				reopen: () => {
					sink.closed = false;
					return Promise.resolve();
				},
				file: () => Promise.resolve(new File([keep()], 'archive.zip')),
				delete: () => {
					this.file = null;
					return Promise.resolve();
				},
				release: () => {
					if (this.file !== null || sink.closed) keep();
					this.released++;
				},
			}),
		);
	}
}

let disk: Disk;
let journal: PlacedEntry[];
let options: ArchiveOptions & { spool: Disk };

beforeEach(() => {
	disk = new Disk();
	journal = [];
	options = {
		modified: new Date(2026, 10, 24, 7, 58, 42),
		maxBytes: 20_000,
		memoryBytes: 5000,
		spool: disk,
		onflushed: (entries) => void journal.push(...entries),
	};
});

async function filled(count: number, with_: Partial<ArchiveOptions> = {}) {
	const archive = createArchive({ ...options, ...with_ });
	for (let n = 0; n < count; n++) await archive.add(`${n}.jpg`, photo(n));
	return archive;
}

const names = (entries: readonly { path: string }[]) => entries.map(({ path }) => path);

describe('given a spool', () => {
	test('up to the limit of memory it is not opened', async () => {
		const exact = (await (await filled(4)).finish({ signal: never })).size;
		const archive = await filled(4, { memoryBytes: exact });
		const blob = await archive.finish({ signal: never });
		expect(blob.size).toBe(exact);
		await archive.dispose({ keep: true });
		expect(disk).toMatchObject({ opened: 0, released: 0, file: null });
		expect(archive.spooled).toBe(false);
		expect((await filled(4, { memoryBytes: exact - 1 })).spooled).toBe(true);
	});

	test('past it, what was held goes in first, and there is no limit', async () => {
		const archive = await filled(50);
		expect(archive.spooled).toBe(true);
		expect(names(archive.entries)).toEqual(Array.from({ length: 50 }, (_, n) => `${n}.jpg`));
		const blob = await archive.finish({ signal: never });
		expect(blob.type).toBe('application/zip');
		const found = await verifyArchive(blob, archive.entries, never);
		expect(names(found)).toEqual(names(archive.entries));
		expect(journal).toEqual(archive.entries);
		await archive.dispose({ keep: true });
		await archive.dispose({ keep: false });
		expect(disk.released).toBe(1);
		expect(disk.file?.length).toBe(blob.size);
	});

	test('files added at the same time all get in, once each', async () => {
		const archive = createArchive(options);
		await Promise.all(Array.from({ length: 50 }, (_, n) => archive.add(`${n}.jpg`, photo(n))));
		expect(disk.opened).toBe(1);
		await verifyArchive(await archive.finish({ signal: never }), archive.entries, never);
		expect(archive.entries).toHaveLength(50);
	});

	test('a path that was held is taken in the spool too', async () => {
		const archive = await filled(10);
		await expect(archive.add('0.jpg', photo(0))).rejects.toThrow(TypeError);
	});

	test('disposed of without keeping, its file is gone', async () => {
		const archive = await filled(10);
		await archive.dispose({ keep: false });
		expect(disk).toMatchObject({ released: 1, file: null });
		await expect(archive.add('later', photo(0))).rejects.toThrow('finished');
		await expect(archive.finish({ signal: never })).rejects.toThrow('finished');
	});

	test('a full disk, when it moves or later: it says so to every call, and is gone once disposed of', async () => {
		for (disk.room of [0, 2500, 6000]) {
			disk.file = null;
			const archive = createArchive(options);
			const adding = Promise.allSettled(Array.from({ length: 10 }, (_, n) => archive.add(`${n}`, photo(n))));
			const refused = (await adding).filter(({ status }) => status === 'rejected');
			expect(refused.length).toBeGreaterThan(3);
			for (const { reason } of refused as PromiseRejectedResult[])
				expect(reason).toBeInstanceOf(SpoolFullError);
			await archive.dispose({ keep: false });
			expect(disk.file).toBeNull();
		}
	});
});

test('given nothing yet, nothing is in it', () => {
	expect(createArchive(options).entries).toEqual([]);
});

describe('given no spool', () => {
	test('it stays in memory, up to its limit', async () => {
		const archive = await filled(15, { spool: null });
		expect(archive.spooled).toBe(false);
		await expect(archive.add('large', new Uint8Array(10_000))).rejects.toThrow(ArchiveTooLargeError);
		const blob = await archive.finish({ signal: never });
		expect(await archive.verify(blob, { signal: never })).toEqual(archive.entries);
		const damaged = new Blob([(await bytesOf(blob)).with(500, 0xee)]);
		await expect(archive.verify(damaged, { signal: never })).rejects.toThrow(ReceiptError);
	});

	test('one that can not be opened is asked for once, told, and done without', async () => {
		const errors: unknown[] = [];
		const reason = new DOMException('', 'SecurityError');
		let asked = 0;
		const open = () => {
			asked++;
			return Promise.reject(reason);
		};
		const archive = await filled(15, { spool: { open }, onnospool: (error) => errors.push(error) });
		expect([asked, errors]).toEqual([1, [reason]]);
		await verifyArchive(await archive.finish({ signal: never }), archive.entries, never);
	});
});

describe('given an archive that was left', () => {
	test('it goes on behind what was kept, and nothing is asked for twice', async () => {
		const first = await filled(10);
		await first.dispose({ keep: true });
		expect(journal).toHaveLength(10);

		const { archive, held } = await resumeArchive(options, journal, { signal: never });
		expect(held).toEqual(journal);
		for (let n = 10; n < 20; n++) await archive.add(`${n}.jpg`, photo(n));
		const blob = await archive.finish({ signal: never });
		expect(await archive.verify(blob, { signal: never })).toMatchObject(archive.entries.map(receiptOf));
		expect(names(archive.entries)).toEqual(Array.from({ length: 20 }, (_, n) => `${n}.jpg`));
		expect(journal).toEqual(archive.entries);
	});

	test('it is in its spool already, however large the next file is', async () => {
		await (await filled(10)).dispose({ keep: true });
		const { archive } = await resumeArchive(options, journal, { signal: never });
		await archive.add('large.jpg', new Uint8Array(6000));
		expect([disk.opened, archive.entries.length, archive.spooled]).toEqual([2, 11, true]);
	});

	test('its receipt reads the bytes of earlier runs, and of this run what the archive says about them', async () => {
		await (await filled(10)).dispose({ keep: true });
		const { archive } = await resumeArchive(options, journal, { signal: never });
		for (let n = 10; n < 20; n++) await archive.add(`${n}.jpg`, photo(n));
		const bytes = await bytesOf(await archive.finish({ signal: never }));
		const verify = (at: number) => archive.verify(new Blob([bytes.with(at, 0xee)]), { signal: never });
		await expect(verify(journal[9]!.offset + 500)).rejects.toThrow(ReceiptError);
		await expect(verify(journal[10]!.offset + 500)).resolves.toHaveLength(20);
		await expect(verify(bytes.length - 50)).rejects.toThrow(ReceiptError);
	});

	test('five times, and once after it was finished: it is the archive of one run', async () => {
		const whole = await (await filled(60)).finish({ signal: never });
		disk.file = null;
		journal = [];
		await (await filled(10)).dispose({ keep: true });
		for (let run = 1; run <= 5; run++) {
			const { archive } = await resumeArchive(options, journal, { signal: never });
			for (let n = 10 * run; n < 10 * run + 10; n++) await archive.add(`${n}.jpg`, photo(n));
			if (run === 5) await archive.finish({ signal: never });
			await archive.dispose({ keep: true });
		}
		const { archive, held } = await resumeArchive(options, journal, { signal: never });
		expect(held).toHaveLength(60);
		const again = await archive.finish({ signal: never });
		expect(Buffer.compare(await bytesOf(again), await bytesOf(whole))).toBe(0);
	});

	test('a file that is missing drops all of it', async () => {
		await (await filled(10)).dispose({ keep: true });
		disk.file = null;
		const { archive, held } = await resumeArchive(options, journal, { signal: never });
		expect(held).toEqual([]);
		await archive.add('0.jpg', photo(0));
		await verifyArchive(await archive.finish({ signal: never }), archive.entries, never);
	});

	test('an abort while it is proved leaves the file as it was, for others to have', async () => {
		await (await filled(10)).dispose({ keep: true });
		const before = disk.file!.length;
		const signal = AbortSignal.abort(new Error('cancelled'));
		await expect(resumeArchive(options, journal, { signal })).rejects.toThrow('cancelled');
		expect(disk.released).toBe(2);
		expect(disk.file).toHaveLength(before);
	});
});

function receiptOf({ path, size, crc32 }: ArchiveEntry): ArchiveEntry {
	return { path, size, crc32 };
}

async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
	return new Uint8Array(await blob.arrayBuffer());
}
