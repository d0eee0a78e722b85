import { describe, expect, test, vi } from 'vitest';
import { AppendWriter, type AppendOptions } from '$lib/zip/append-writer';
import type { PlacedEntry } from '$lib/zip/archive';
import { SpoolFullError } from '$lib/zip/errors';
import { verifyArchive } from '$lib/zip/receipt';
import { MemorySink } from './memory-sink';

// A disk is filled a thousand times, perhaps on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const MODIFIED = new Date(2026, 10, 24, 7, 58, 42);
const never = new AbortController().signal;

const files: [string, Uint8Array][] = [
	['jane@example.com - CEO/headshot.jpg', Uint8Array.from({ length: 70_000 }, (_, at) => (at * at) % 251)],
	['jane@example.com - CEO/pfp.jpg', new Uint8Array(0)],
	['josé@example.com - 漢字 👨👩/headshot.jpg', new TextEncoder().encode('not compressed'.repeat(20))],
];

function start(sink: MemorySink, options: Partial<AppendOptions> = {}, entries: PlacedEntry[] = []) {
	return new AppendWriter(sink, { modified: MODIFIED, ...options }, entries);
}

async function addAll(writer: AppendWriter, which = files): Promise<void> {
	for (const [path, bytes] of which) await writer.add(path, bytes);
}

describe('given an archive that is appended to', () => {
	test('it is whole, and what was put in', async () => {
		const sink = new MemorySink();
		const writer = start(sink);
		await addAll(writer);
		await writer.finish({ signal: never });
		expect(sink).toMatchObject({ closed: true, flushedSize: sink.size });
		await verifyArchive(new Blob([sink.bytes]), writer.entries, never);
	});

	test('each entry tells where it is', async () => {
		const writer = start(new MemorySink());
		await addAll(writer);
		const headers = files.map(([path]) => 30 + new TextEncoder().encode(path).length + 9);
		expect(writer.entries.map(({ offset }) => offset)).toEqual([
			0,
			headers[0]! + 70_000,
			headers[0]! + 70_000 + headers[1]!,
		]);
	});

	test('one without files is a whole one', async () => {
		const sink = new MemorySink();
		await start(sink).finish({ signal: never });
		await verifyArchive(new Blob([sink.bytes]), [], never);
		expect(sink.size).toBe(22);
	});

	test('one whose directory is written in pieces is whole, and tells how far it is', async () => {
		const sink = new MemorySink();
		const writer = start(sink);
		for (let n = 0; n < 60; n++) await writer.add(`${n}`.padStart(60_000, '0'), Uint8Array.of(n));
		const shares: number[] = [];
		await writer.finish({ signal: never, onShare: (share) => shares.push(share) });
		// After each MiB.
		expect(shares).toEqual([expect.closeTo(17 / 60), expect.closeTo(35 / 60), expect.closeTo(53 / 60), 1]);
		await verifyArchive(new Blob([sink.bytes]), writer.entries, never);

		const quiet = new MemorySink();
		const other = start(quiet);
		for (let n = 0; n < 60; n++) await other.add(`${n}`.padStart(60_000, '0'), Uint8Array.of(n));
		await other.finish({ signal: never });
		expect(Buffer.compare(quiet.bytes, sink.bytes)).toBe(0);
	});

	test('a path that is taken, or names no file, or is too long, is refused', async () => {
		const writer = start(new MemorySink());
		await writer.add('a/1', new Uint8Array(1));
		for (const [path, words] of [
			['a/1', '"a/1" is in the archive already.'],
			['', '"" names no file.'],
			['a/', '"a/" names no file.'],
			['é'.repeat(32_768), `"${'é'.repeat(100)}…" is too long for an archive.`],
		] as const) {
			await expect(writer.add(path, new Uint8Array(1))).rejects.toThrow(new TypeError(words));
		}
		await writer.add(`x${'é'.repeat(32_767)}`, new Uint8Array(1));
		await writer.add('x'.repeat(65_535), new Uint8Array(1));
		expect(writer.entries).toHaveLength(3);
	});

	test('it can be finished once, and nothing can be added after', async () => {
		const writer = start(new MemorySink());
		await writer.finish({ signal: never });
		await expect(writer.finish({ signal: never })).rejects.toThrow('finished');
		await expect(writer.add('later', new Uint8Array(1))).rejects.toThrow('finished');
	});

	test('aborted before or amid the directory: it rejects with the reason, and can be continued', async () => {
		const reason = new Error('cancelled');
		for (const when of ['before', 'amid']) {
			const sink = new MemorySink();
			const writer = start(sink);
			// A directory of two pieces.
			for (let n = 0; n < 30; n++) await writer.add(`${n}`.padStart(60_000, '0'), new Uint8Array(0));
			const end = sink.size;
			const stop = new AbortController();
			if (when === 'before') stop.abort(reason);
			const finish = writer.finish({ signal: stop.signal, onShare: () => stop.abort(reason) });
			await expect(finish).rejects.toBe(reason);
			expect(sink.size > end).toBe(when === 'amid');
			await writer.suspend();
			expect(sink).toMatchObject({ size: end, flushedSize: end, closed: true });
		}
	});
});

describe('given a journal', () => {
	test('it hears of each entry once, in order, after its bytes are safe, and a crash costs less than was said', async () => {
		const sink = new MemorySink();
		const journal: PlacedEntry[] = [];
		const writer = start(sink, {
			flushBytes: 1000,
			onflushed: (entries) => {
				for (const { offset, size } of entries) expect(offset + size).toBeLessThan(sink.flushedSize);
				journal.push(...entries);
			},
		});
		for (let n = 0; n < 200; n++) {
			await writer.add(`${n}`, new Uint8Array((n * 37) % 700));
			expect(sink.size - sink.flushedSize).toBeLessThan(1000);
		}
		expect(sink.flushes).toBeLessThan(150);
		await writer.finish({ signal: never });
		expect(journal).toEqual(writer.entries);
	});

	test('a file larger than what a crash may cost is safe as soon as it is added, and so is all before it', async () => {
		const flushed: string[][] = [];
		const writer = start(new MemorySink(), {
			flushBytes: 1000,
			onflushed: (entries) => void flushed.push(entries.map(({ path }) => path)),
		});
		await writer.add('small', new Uint8Array(1));
		await writer.add('large', new Uint8Array(5000));
		expect(flushed).toEqual([['small'], ['large']]);
	});

	test('it is no one’s to wait for: files are added while it is being told, and the end waits for it', async () => {
		let told = () => {};
		const telling = new Promise<void>((resolve) => (told = resolve));
		const heard: string[][] = [];
		const writer = start(new MemorySink(), {
			flushBytes: 100,
			onflushed: (entries) => {
				heard.push(entries.map(({ path }) => path));
				return telling;
			},
		});
		await writer.add('a', new Uint8Array(100));
		await writer.add('b', new Uint8Array(10));
		expect(heard).toEqual([['a']]);
		const ending = writer.finish({ signal: never });
		const ended = vi.fn();
		void ending.then(ended);
		await new Promise((resolve) => setTimeout(resolve, 5));
		expect(ended).not.toHaveBeenCalled();
		told();
		await ending;
		expect(heard).toEqual([['a'], ['b']]);
	});

	test('that fails for good: the end says so', async () => {
		const writer = start(new MemorySink(), {
			flushBytes: 100,
			onflushed: () => Promise.reject(new Error('no room in the journal')),
		});
		await writer.add('a', new Uint8Array(100));
		await expect(writer.finish({ signal: never })).rejects.toThrow('no room in the journal');
	});

	test('that fails: the file is in the archive, and the journal hears of it again', async () => {
		const heard: string[][] = [];
		const writer = start(new MemorySink(), {
			flushBytes: 100,
			onflushed: (entries) => {
				heard.push(entries.map(({ path }) => path));
				if (heard.length === 1) throw new Error('no room in the journal');
			},
		});
		await writer.add('a', new Uint8Array(100));
		await writer.suspend();
		expect(heard).toEqual([['a'], ['a']]);
	});

	test('an archive is continued behind the last entry that was kept', async () => {
		const sink = new MemorySink();
		const first = start(sink);
		await addAll(first, files.slice(0, 2));
		const journal = [...first.entries];
		// A crash amid the third.
		sink.append(new Uint8Array(333).fill(0x50));

		const heard: string[] = [];
		const onflushed = (entries: readonly PlacedEntry[]) =>
			void heard.push(...entries.map(({ path }) => path));
		const second = start(sink, { modified: new Date(2027, 0, 1), onflushed }, journal);
		await expect(second.add(files[0]![0], new Uint8Array(1))).rejects.toThrow(TypeError);
		await addAll(second, files.slice(2));
		await second.finish({ signal: never });
		expect(heard).toEqual([files[2]![0]]);
		const found = await verifyArchive(new Blob([sink.bytes]), second.entries, never);
		expect(found.map(({ path }) => path)).toEqual(files.map(([path]) => path));
	});

	test('a file shorter than its journal is refused', async () => {
		const first = start(new MemorySink());
		await addAll(first);
		expect(() => start(new MemorySink(), {}, [...first.entries])).toThrow(
			new RangeError('The file is shorter than what should be in it.'),
		);
	});
});

describe('given a sink that fails otherwise than by being full', () => {
	test('its error is thrown as it is, and what was written of the file is dropped', async () => {
		const sink = new MemorySink();
		const writer = start(sink);
		await writer.add('a', new Uint8Array(10));
		const end = sink.size;
		const reason = new DOMException('', 'InvalidStateError');
		const append = sink.append.bind(sink);
		vi.spyOn(sink, 'append')
			.mockImplementationOnce(append)
			.mockImplementationOnce(() => {
				throw reason;
			});
		await expect(writer.add('b', new Uint8Array(10))).rejects.toBe(reason);
		expect([sink.size, writer.entries.length]).toEqual([end, 1]);
		await writer.add('b', new Uint8Array(10));
		expect(writer.entries).toHaveLength(2);
	});
});

test('a sink that does not know how much room there is: only what was needed is told', async () => {
	const sink = Object.assign(new MemorySink(new Uint8Array(0), 10), { free: undefined });
	await expect(start(sink as unknown as MemorySink).add('a', new Uint8Array(100))).rejects.toMatchObject({
		name: 'SpoolFullError',
		needed: 30 + 1 + 9 + 100,
		free: null,
		cause: expect.any(Error),
		message: '140 bytes had no room; there is room for an unknown number of bytes.',
	});
});

describe('an archive that is left', () => {
	test('unfinished takes nothing more, and one that is finished stays as it is', async () => {
		const sink = new MemorySink();
		const writer = start(sink);
		await addAll(writer);
		await writer.finish({ signal: never });
		const whole = sink.size;
		await writer.suspend();
		expect(sink.size).toBe(whole);

		const other = start(new MemorySink());
		await other.suspend();
		await expect(other.add('a', new Uint8Array(1))).rejects.toThrow('finished');
	});
});

describe('given a full disk', () => {
	test('at any byte: it says how much is needed and free, and what was added before can be continued', async () => {
		const whole = new MemorySink();
		const writer = start(whole);
		await addAll(writer);
		const end = whole.size;
		await writer.finish({ signal: never });

		const step = 997;
		for (let room = 0; room < whole.size; room += room > end - 400 || room < 400 ? 1 : step) {
			const sink = new MemorySink(new Uint8Array(0), room);
			const short = start(sink);
			const error = await addAll(short)
				.then(() => short.finish({ signal: never }))
				.catch((reason: unknown) => reason);
			expect(error, `${room} bytes`).toBeInstanceOf(SpoolFullError);
			const { needed, free } = error as SpoolFullError;
			expect(free).toBe(room - sink.size);
			expect(needed).toBeGreaterThan(free!);
			await short.suspend();

			const roomy = new MemorySink(sink.bytes);
			const next = start(roomy, {}, [...short.entries]);
			await addAll(next, files.slice(short.entries.length));
			await next.finish({ signal: never });
			expect(Buffer.compare(roomy.bytes, whole.bytes)).toBe(0);
		}
	});
});
