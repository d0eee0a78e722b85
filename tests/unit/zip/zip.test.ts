import { getEventListeners } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createArchive } from '$lib/zip/open-archive';
import { ArchiveTooLargeError } from '$lib/zip/errors';
import { has, run, unpackers } from '../../unpackers/unpackers';

// Other programs start slowly on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const MODIFIED = new Date(2026, 10, 24, 7, 58, 42);
const never = new AbortController().signal;

const files: [string, Uint8Array][] = [
	['jane@example.com - CEO/headshot.jpg', Uint8Array.from({ length: 70_000 }, (_, at) => (at * at) % 251)],
	['jane@example.com - CEO/pfp.jpg', new Uint8Array(0)],
	['josé@example.com - 漢字 👨👩/headshot.jpg', new TextEncoder().encode('not compressed'.repeat(20))],
	['__proto__/constructor', Uint8Array.of(1, 2, 3)],
];

async function filled(maxBytes = Infinity) {
	const archive = createArchive({ modified: MODIFIED, maxBytes });
	for (const [path, bytes] of files) await archive.add(path, bytes);
	return archive;
}

const folder = mkdtempSync(join(tmpdir(), 'zip-test-'));
const zipPath = join(folder, 'archive.zip');
let blob: Blob;
beforeAll(async () => {
	blob = await (await filled()).finish({ signal: never });
	writeFileSync(zipPath, new Uint8Array(await blob.arrayBuffer()));
});
afterAll(() => rmSync(folder, { recursive: true }));

const paths = files.map(([path]) => path);

describe('given a finished archive', () => {
	test.each(unpackers)('$name reads every byte of it, and every name', async ({ list }) => {
		expect(await list(zipPath)).toEqual([...paths].sort());
	});

	test.skipIf(!has('python3'))('Python reads every name, size, byte and local time', () => {
		const script = [
			'import json, sys, zipfile',
			'z = zipfile.ZipFile(sys.argv[1])',
			'assert z.testzip() is None',
			'print(json.dumps([[i.filename, i.file_size, i.CRC, i.date_time, i.compress_type] for i in z.infolist()]))',
		].join('\n');
		const found: unknown = JSON.parse(run('python3', '-c', script, zipPath));
		const time = [2026, 11, 24, 7, 58, 42];
		expect(found).toEqual(files.map(([path, bytes]) => [path, bytes.length, expect.any(Number), time, 0]));
	});

	test.skipIf(!has('unzip'))('unzip tests it and gives back the bytes', () => {
		expect(run('unzip', '-t', zipPath)).toContain('No errors detected');
		run('unzip', '-q', zipPath, '-d', join(folder, 'unzip'));
		expect(run('ls', '-R', join(folder, 'unzip'))).toContain('josé@example.com - 漢字 👨👩');
		expect(run('cat', join(folder, 'unzip', paths[2] ?? ''))).toBe('not compressed'.repeat(20));
	});

	test('it is a ZIP by its type, and no larger than promised', async () => {
		expect(blob.type).toBe('application/zip');
		const exact = await (await filled(blob.size)).finish({ signal: never });
		expect(exact.size).toBe(blob.size);
		await expect(filled(blob.size - 1)).rejects.toThrow(ArchiveTooLargeError);
	});
});

describe('given an archive being filled', () => {
	test('entries tell path, size and CRC-32 of what was added', async () => {
		const archive = createArchive({ modified: MODIFIED, maxBytes: 1000 });
		await archive.add('a/check', new TextEncoder().encode('123456789'));
		await archive.add('a/empty', new Uint8Array(0));
		expect(archive.entries).toEqual([
			// The check value of CRC-32: https://reveng.sourceforge.io/crc-catalogue/17plus.htm#crc.cat.crc-32-iso-hdlc
			{ path: 'a/check', size: 9, crc32: 0xcbf43926 },
			{ path: 'a/empty', size: 0, crc32: 0 },
		]);
	});

	test('a file too many is refused and the rest stays intact', async () => {
		const archive = createArchive({ modified: MODIFIED, maxBytes: 1000 });
		await archive.add('a/1', new Uint8Array(400));
		await expect(archive.add('a/2', new Uint8Array(600))).rejects.toThrow(
			expect.objectContaining({
				name: 'ArchiveTooLargeError',
				message:
					'With a/2 the archive would have 1186 bytes in 2 files; 1000 bytes and 65534 files are possible.',
			}),
		);
		await archive.add('a/3', new Uint8Array(200));
		expect(archive.entries.map(({ path }) => path)).toEqual(['a/1', 'a/3']);
		expect((await archive.finish({ signal: never })).size).toBeLessThanOrEqual(1000);
	});

	test('a path that is taken, or names no file, is refused', async () => {
		const archive = createArchive({ modified: MODIFIED, maxBytes: 1000 });
		await archive.add('a/1', new Uint8Array(1));
		for (const path of ['a/1', '', 'a/']) {
			await expect(archive.add(path, new Uint8Array(1))).rejects.toThrow(TypeError);
		}
		expect(archive.entries).toHaveLength(1);
	});

	test('more files than a ZIP without Zip64 holds are refused', async () => {
		const archive = createArchive({ modified: MODIFIED, maxBytes: Infinity });
		for (let n = 0; n < 65_534; n++) await archive.add(`${n}.jpg`, new Uint8Array(0));
		await expect(archive.add('one more', new Uint8Array(0))).rejects.toThrow(ArchiveTooLargeError);
	});

	test('a time before 1980 or after 2107 is written as the nearest that ZIP can say', async () => {
		for (const modified of [new Date(0), new Date(Date.UTC(2200, 0, 1))]) {
			const archive = createArchive({ modified, maxBytes: 1000 });
			await archive.add('a', new Uint8Array(1));
			const bytes = new DataView(await (await archive.finish({ signal: never })).arrayBuffer());
			const year = 1980 + (bytes.getUint16(12, true) >> 9);
			expect(year).toBe(modified.getTime() === 0 ? 1980 : 2107);
		}
	});
});

describe('given an archive being written', () => {
	test('the share grows to 1', async () => {
		const shares: number[] = [];
		await (await filled()).finish({ signal: never, onShare: (share) => shares.push(share) });
		expect(shares).toEqual(shares.toSorted((a, b) => a - b));
		expect(shares.at(-1)).toBe(1);
		expect(shares.length).toBeGreaterThan(3);
	});

	test('it can be finished once, and nothing can be added after', async () => {
		const archive = await filled();
		const controller = new AbortController();
		await archive.finish({ signal: controller.signal });
		expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
		await expect(archive.finish({ signal: never })).rejects.toThrow('finished');
		await expect(archive.add('later', new Uint8Array(1))).rejects.toThrow('finished');
	});

	test('an archive without files is a whole one', async () => {
		const archive = createArchive({ modified: MODIFIED, maxBytes: 1000 });
		expect((await archive.finish({ signal: never })).size).toBe(22);
	});

	test('aborted before: it rejects with the reason and writes nothing', async () => {
		const reason = new Error('cancelled');
		const finish = (await filled()).finish({ signal: AbortSignal.abort(reason) });
		await expect(finish).rejects.toBe(reason);
	});

	test.each(['at once', 'at the first share'])(
		'aborted %s: it rejects with the reason and goes quiet',
		async (when) => {
			const archive = createArchive({ modified: MODIFIED, maxBytes: Infinity });
			for (let n = 0; n < 20; n++) await archive.add(`${n}.jpg`, new Uint8Array(100_000));
			const reason = new Error('cancelled');
			const stop = new AbortController();
			let shares = 0;
			const finish = archive.finish({
				signal: stop.signal,
				onShare: () => {
					shares++;
					stop.abort(reason);
				},
			});
			if (when === 'at once') stop.abort(reason);
			await expect(finish).rejects.toBe(reason);
			const atRejection = shares;
			for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
			expect(shares).toBe(atRejection);
			expect(shares).toBeLessThanOrEqual(1);
		},
	);
});
