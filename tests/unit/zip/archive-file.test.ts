import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ArchiveWriter } from '$lib/zip/archive';
import { createArchive, createArchiveIn } from '$lib/zip/open-archive';
import { ReceiptError } from '$lib/zip/errors';
import type { ArchiveFile, Spool } from '$lib/zip/sink';
import { MemorySink } from './memory-sink';

const never = new AbortController().signal;
const modified = new Date(2026, 10, 24, 7, 58, 42);
const photo = (n: number) => new Uint8Array(1000).fill(n);

let sink: MemorySink;
let file: ArchiveFile & { delete: ReturnType<typeof vi.fn>; release: ReturnType<typeof vi.fn> };

beforeEach(() => {
	sink = new MemorySink();
	file = Object.assign(sink, {
		file: () => Promise.resolve(new File([sink.bytes], 'mine.zip')),
		delete: vi.fn(() => Promise.resolve()),
		release: vi.fn(),
	});
});

async function filled(archive: ArchiveWriter, count = 3): Promise<ArchiveWriter> {
	for (let n = 0; n < count; n++) await archive.add(`${n}.jpg`, photo(n));
	return archive;
}

const changed = async (blob: Blob, at: number) => {
	const bytes = new Uint8Array(await blob.arrayBuffer());
	return new Blob([bytes.with(at, bytes[at]! ^ 0xff)]);
};

describe('given a file of the admin’s', () => {
	test('the archive is written there from its first byte on, and is no spool', async () => {
		const archive = await filled(createArchiveIn(file, { modified }));
		expect(sink.size).toBeGreaterThan(3_000);
		expect(archive.spooled).toBe(false);
		const blob = await archive.finish({ signal: never });
		expect([blob.type, blob.size, sink.closed]).toEqual(['application/zip', sink.size, true]);
		expect(archive.entries.map(({ path, size }) => [path, size])).toEqual([
			['0.jpg', 1000],
			['1.jpg', 1000],
			['2.jpg', 1000],
		]);
	});

	test('it is read back in the file itself: directory and headers', async () => {
		const archive = await filled(createArchiveIn(file, { modified }));
		const blob = await archive.finish({ signal: never });
		expect(await archive.verify(blob, { signal: never })).toHaveLength(3);
		const secondHeader = 30 + '0.jpg'.length + 9 + 1000;
		await expect(archive.verify(await changed(blob, secondHeader), { signal: never })).rejects.toThrow(
			ReceiptError,
		);
		await expect(archive.verify(await changed(blob, blob.size - 60), { signal: never })).rejects.toThrow(
			ReceiptError,
		);
	});

	test('it can be finished once, and nothing can be added after', async () => {
		const archive = await filled(createArchiveIn(file, { modified }));
		await archive.finish({ signal: never });
		await expect(archive.finish({ signal: never })).rejects.toThrow('The archive is finished already.');
		await expect(archive.add('x', photo(0))).rejects.toThrow(
			'The archive is finished: nothing can be added.',
		);
	});

	test.each([true, false])('at the end it is let go of once; kept: %s', async (keep) => {
		const archive = await filled(createArchiveIn(file, { modified }));
		await archive.dispose({ keep });
		await archive.dispose({ keep: false });
		expect([file.delete.mock.calls.length, file.release.mock.calls.length]).toEqual([keep ? 0 : 1, 1]);
	});

	test('one that can not be deleted is let go of all the same', async () => {
		file.delete.mockRejectedValue(new Error('in use'));
		const archive = createArchiveIn(file, { modified });
		await expect(archive.dispose({ keep: false })).rejects.toThrow('in use');
		expect(file.release).toHaveBeenCalledTimes(1);
	});
});

describe('given a spool', () => {
	const reopen = vi.fn(() => {
		sink.closed = false;
		return Promise.resolve();
	});
	const spoolOf = (): Spool => Object.assign(file, { name: 'archive.zip', reopen }) as unknown as Spool;
	const options = (spool: Spool) => ({
		modified,
		maxBytes: 20_000,
		memoryBytes: 2_500,
		spool: { open: () => Promise.resolve(spool) },
	});

	test('it is opened to be read back, and closed again, whatever comes of it', async () => {
		const archive = await filled(createArchive(options(spoolOf())));
		const blob = await archive.finish({ signal: never });
		expect([sink.closed, reopen.mock.calls.length]).toEqual([true, 0]);
		await archive.verify(blob, { signal: never });
		expect([sink.closed, reopen.mock.calls.length]).toEqual([true, 1]);
		await expect(archive.verify(new Blob([]), { signal: never })).rejects.toThrow(ReceiptError);
		expect(sink.closed).toBe(true);
	});

	test('while an archive moves there, it still has all that it had', async () => {
		const archive = await filled(createArchive(options(spoolOf())), 2);
		const seen: number[] = [];
		const append = sink.append.bind(sink);
		vi.spyOn(sink, 'append').mockImplementation((bytes) => {
			seen.push(archive.entries.length);
			append(bytes);
		});
		await archive.add('2.jpg', photo(2));
		// A header and a photo at a time.
		expect(seen).toEqual([2, 2, 2, 2, 2, 2]);
		expect([archive.entries.length, archive.spooled]).toEqual([3, true]);
	});

	test('that fails amid the move: what is said to be there is what is in the file', async () => {
		const archive = await filled(createArchive(options(spoolOf())), 2);
		vi.spyOn(sink, 'append').mockImplementationOnce(() => {
			throw new Error('no room');
		});
		await expect(archive.add('2.jpg', photo(2))).rejects.toThrow('no room');
		expect(archive.entries).toEqual([]);
		await expect(archive.add('3.jpg', photo(3))).rejects.toThrow('no room');
		await expect(archive.finish({ signal: never })).rejects.toThrow('no room');
	});

	test('that can not be written to after all is let go of, told, and done without', async () => {
		const spool = spoolOf();
		const reason = new DOMException('', 'InvalidStateError');
		spool.cut = () => {
			throw reason;
		};
		const onnospool = vi.fn();
		const archive = await filled(createArchive({ ...options(spool), onnospool }));
		expect(onnospool.mock.calls).toEqual([[reason]]);
		expect(file.release).toHaveBeenCalledTimes(1);
		expect([archive.spooled, archive.entries.length]).toEqual([false, 3]);
	});
});
