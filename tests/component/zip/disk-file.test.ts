import JSZip from 'jszip';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createArchiveIn } from '$lib/zip/open-archive';
import { DiskFileError, isEmpty, openDiskFile, removeOurs } from '$lib/zip/disk-file';
import { ReceiptError, SpoolFullError } from '$lib/zip/errors';

// What a person chooses in the browser's dialog and a file of the private storage are the same to a page, but for the
// dialog, which no test can press.

const never = new AbortController().signal;
const modified = new Date(2026, 10, 24, 8, 30);
const photo = (n: number) => new Uint8Array(100_000).fill(n);
const NAME = 'team-photos.zip';

let root: FileSystemDirectoryHandle;
let handle: FileSystemFileHandle;

beforeEach(async () => {
	root = await navigator.storage.getDirectory();
	// The dialog makes an empty one.
	handle = await root.getFileHandle(NAME, { create: true });
});

afterEach(() => root.removeEntry(NAME).catch(() => {}));

async function exists(): Promise<boolean> {
	return root.getFileHandle(NAME).then(
		() => true,
		() => false,
	);
}

async function archive(count: number) {
	const writer = createArchiveIn(await openDiskFile(handle), { modified });
	await Promise.all(Array.from({ length: count }, (_, n) => writer.add(`${n}.jpg`, photo(n))));
	return writer;
}

test('an archive is there once it is finished, whole, and read back from there', async () => {
	const writer = await archive(20);
	expect((await handle.getFile()).size).toBe(0);
	const blob = await writer.finish({ signal: never });
	expect(await writer.verify(blob, { signal: never })).toHaveLength(20);
	await writer.dispose({ keep: true });
	const file = await handle.getFile();
	expect([file.size, writer.spooled]).toEqual([blob.size, false]);
	const read = await JSZip.loadAsync(await file.arrayBuffer(), { checkCRC32: true });
	expect(Object.keys(read.files)).toHaveLength(20);
	expect(await read.file('7.jpg')?.async('uint8array')).toEqual(photo(7));
});

test('one that somebody changes before it is read back is found out', async () => {
	const writer = await archive(3);
	await writer.finish({ signal: never });
	const changing = await handle.createWritable({ keepExistingData: true });
	await changing.write({ type: 'write', position: 0, data: new Uint8Array(30) });
	await changing.close();
	await expect(writer.verify(await handle.getFile(), { signal: never })).rejects.toThrow(ReceiptError);
});

describe('given up', () => {
	test('before it is finished, no file is left', async () => {
		const writer = await archive(3);
		await writer.dispose({ keep: false });
		expect(await exists()).toBe(false);
	});

	test('what was there before is left as it was', async () => {
		const before = await handle.createWritable();
		await before.write('mine');
		await before.close();
		const writer = await archive(3);
		await writer.dispose({ keep: false });
		expect(await (await handle.getFile()).text()).toBe('mine');
	});

	test('what was there before is left, too, where the browser does not put the archive in its place', async () => {
		const before = await handle.createWritable();
		await before.write('mine');
		await before.close();
		let stream: FileSystemWritableFileStream | undefined;
		const unclosable = {
			name: NAME,
			getFile: () => handle.getFile(),
			remove: () => root.removeEntry(NAME),
			createWritable: async () => {
				stream = await handle.createWritable();
				return Object.assign(stream, { close: () => Promise.reject(new DOMException('', 'AbortError')) });
			},
		} as unknown as FileSystemFileHandle;
		const writer = createArchiveIn(await openDiskFile(unclosable), { modified });
		await writer.add('0.jpg', photo(0));
		await expect(writer.finish({ signal: never })).rejects.toThrow(DiskFileError);
		// As the browser does that refuses.
		await stream?.abort();
		await writer.dispose({ keep: false });
		expect(await (await handle.getFile()).text()).toBe('mine');
	});

	test('while it is being closed, by a worker that is ended: what the browser puts in its place all the same is taken away', async () => {
		expect(await isEmpty(handle)).toBe(true);
		const url = new URL('./closing.worker.ts', import.meta.url);
		const worker = new Worker(url, { type: 'module' });
		await new Promise((resolve) => {
			worker.addEventListener('message', resolve, { once: true });
			worker.postMessage(handle);
		});
		worker.terminate();
		await removeOurs(handle, true);
		expect(await exists()).toBe(false);
	});

	test('finished, and wrong: it is taken away', async () => {
		const writer = await archive(3);
		await writer.finish({ signal: never });
		await writer.dispose({ keep: false });
		expect(await exists()).toBe(false);
	});
});

describe('given a disk that refuses', () => {
	/** From the second write on. */
	function refusing(name: string): FileSystemFileHandle {
		let writes = 0;
		return {
			name: NAME,
			getFile: () => handle.getFile(),
			remove: () => root.removeEntry(NAME),
			createWritable: async () => {
				const stream = await handle.createWritable();
				const write = stream.write.bind(stream);
				stream.write = (data) => (++writes > 4 ? Promise.reject(new DOMException('', name)) : write(data));
				return stream;
			},
		} as unknown as FileSystemFileHandle;
	}

	test('a full one is told apart from one that is gone, and nothing is left', async () => {
		for (const [name, kind] of [
			['QuotaExceededError', SpoolFullError],
			['NotFoundError', DiskFileError],
		] as const) {
			handle = await root.getFileHandle(NAME, { create: true });
			const writer = createArchiveIn(await openDiskFile(refusing(name)), { modified });
			await writer.add('0.jpg', photo(0));
			await writer.add('1.jpg', photo(1));
			await expect(writer.add('2.jpg', photo(2))).rejects.toThrow(kind);
			expect(writer.entries).toHaveLength(2);
			await writer.dispose({ keep: false });
			expect(await exists()).toBe(false);
		}
	});

	test('one that can not be opened says so at once', async () => {
		const refused = { createWritable: () => Promise.reject(new DOMException('', 'NotAllowedError')) };
		await expect(openDiskFile(refused as unknown as FileSystemFileHandle)).rejects.toThrow(DiskFileError);
	});
});
