import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import JSZip from 'jszip';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { AppendWriter } from '$lib/zip/append-writer';
import { verifyArchive } from '$lib/zip/receipt';
import { MemorySink } from './memory-sink';
import { has, listByPython, run, unpackers } from '../../unpackers/unpackers';

// Other programs start slowly on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const MODIFIED = new Date(2026, 10, 24, 7, 58, 42);
const never = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), 'append-test-'));
const zipPath = join(folder, 'archive.zip');
afterAll(() => rmSync(folder, { recursive: true }));

async function archiveOf(files: readonly (readonly [string, Uint8Array])[]) {
	const sink = new MemorySink();
	const writer = new AppendWriter(sink, { modified: MODIFIED });
	for (const [path, bytes] of files) await writer.add(path, bytes);
	await writer.finish({ signal: never });
	writeFileSync(zipPath, sink.bytes);
	return { bytes: sink.bytes, entries: writer.entries };
}

/** What may be in a name of ours: see members/names.ts. */
const part = fc
	.string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
	.map((text) => `${text.replace(/[\p{C}\p{Z}/\\:*?"<>|[\]]/gu, '')}.jpg`);
const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const bytes = fc
	.record({
		size: fc.oneof(fc.constantFrom(0, 1, 65_535, 65_536), fc.integer({ min: 0, max: 70_000 })),
		seed: fc.nat(),
	})
	.map(({ size, seed }) => Uint8Array.from({ length: size }, (_, at) => (at * at + seed) % 251));
const files = fc.uniqueArray(fc.tuple(path, bytes), { maxLength: 25, selector: ([name]) => name });

describe('given any files', () => {
	test(`the archive is read by JSZip, ${unpackers.map(({ name }) => name).join(', ')}, and by our own receipt`, async () => {
		await fc.assert(
			fc.asyncProperty(files, async (given) => {
				const archive = await archiveOf(given);
				await verifyArchive(new Blob([archive.bytes]), archive.entries, never);

				const zip = await JSZip.loadAsync(archive.bytes, { checkCRC32: true });
				expect(Object.keys(zip.files)).toEqual(given.map(([name]) => name));
				for (const [name, content] of given) {
					const found = await zip.file(name)!.async('uint8array');
					expect(Buffer.compare(found, content), name).toBe(0);
				}
				// unzip calls an archive without files an error.
				if (given.length > 0) for (const { list } of unpackers) await list(zipPath);
				if (has('python3')) {
					const expected = archive.entries.map(({ path, size, crc32 }) => [path, size, crc32]);
					expect(listByPython(zipPath)).toEqual(expected);
				}
			}),
			{ numRuns: 15 },
		);
	});
});

describe('given a time of change', () => {
	test.skipIf(!has('python3'))('Python reads local time; unzip gives the file the very second', async () => {
		// Odd, so that DOS time alone would miss it.
		const modified = new Date(2026, 10, 24, 7, 58, 43);
		const sink = new MemorySink();
		const writer = new AppendWriter(sink, { modified });
		await writer.add('a.jpg', Uint8Array.of(1));
		await writer.finish({ signal: never });
		writeFileSync(zipPath, sink.bytes);
		const script = 'import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).infolist()[0].date_time)';
		expect(run('python3', '-c', script, zipPath).trim()).toBe('(2026, 11, 24, 7, 58, 42)');
		if (!has('unzip')) return;
		run('unzip', '-qo', zipPath, '-d', folder);
		expect(statSync(join(folder, 'a.jpg')).mtimeMs).toBe(modified.getTime());
	});
});
