import { describe, expect, test } from 'vitest';
import { BlobWindow } from '$lib/zip/blob-window';
import { ReceiptError } from '$lib/zip/errors';

const MIB = 1024 * 1024;
const never = new AbortController().signal;
const bytes = Uint8Array.from({ length: 9 * MIB }, (_, at) => (at * 31 + (at >> 9)) % 251);

/** A Blob that tells which parts of it are read. */
function watched(change = (part: Blob): Blob => part) {
	const blob = new Blob([bytes]);
	const reads: [from: number, to: number][] = [];
	const slice = (from: number, to: number) => {
		reads.push([from, Math.min(to, blob.size)]);
		return change(blob.slice(from, to));
	};
	return {
		reads,
		blob: Object.create(blob, { size: { value: blob.size }, slice: { value: slice } }) as Blob,
	};
}

const same = (found: Uint8Array, from: number, to: number) =>
	expect(Buffer.compare(found, bytes.subarray(from, to))).toBe(0);

describe('given a Blob of 9 MiB', () => {
	test('exactly what is asked for comes, at any place, and what is at hand is not read again', async () => {
		const { blob, reads } = watched();
		const window = new BlobWindow(blob, never);
		same(await window.exactly(10, 20), 10, 30);
		same(await window.exactly(4 * MIB, 10), 4 * MIB, 4 * MIB + 10);
		expect(reads).toEqual([[10, 10 + 4 * MIB]]);
		same(await window.exactly(4 * MIB, 11), 4 * MIB, 4 * MIB + 11);
		expect(reads.at(-1)).toEqual([4 * MIB, 8 * MIB]);
		same(await window.exactly(4 * MIB - 1, 5), 4 * MIB - 1, 4 * MIB + 4);
		same(await window.exactly(9 * MIB - 3, 3), 9 * MIB - 3, 9 * MIB);
		same(await window.exactly(9 * MIB, 0), 9 * MIB, 9 * MIB);
		expect(reads.slice(2)).toEqual([
			[4 * MIB - 1, 8 * MIB - 1],
			[9 * MIB - 3, 9 * MIB],
		]);
	});

	test('some is what is at hand, and never more than is wanted', async () => {
		const { blob, reads } = watched();
		const window = new BlobWindow(blob, never);
		same(await window.some(0, 9 * MIB), 0, 4 * MIB);
		same(await window.some(MIB, 9 * MIB), MIB, 4 * MIB);
		same(await window.some(4 * MIB - 1, 9 * MIB), 4 * MIB - 1, 4 * MIB);
		same(await window.some(MIB, 5), MIB, MIB + 5);
		expect(reads).toHaveLength(1);
		same(await window.some(4 * MIB, 5 * MIB), 4 * MIB, 8 * MIB);
		same(await window.some(8 * MIB, MIB), 8 * MIB, 9 * MIB);
		same(await window.some(7 * MIB, 2 * MIB), 7 * MIB, 9 * MIB);
		expect(reads.slice(1)).toEqual([
			[4 * MIB, 8 * MIB],
			[8 * MIB, 9 * MIB],
			[7 * MIB, 9 * MIB],
		]);
	});

	test.each([
		[9 * MIB, 1],
		[9 * MIB - 1, 2],
		[20 * MIB, 1],
	])('what is past its end (%i, %i) is refused unread', async (offset, length) => {
		const { blob, reads } = watched();
		const reading = new BlobWindow(blob, never).exactly(offset, length);
		await expect(reading).rejects.toThrow(ReceiptError);
		await expect(reading).rejects.toThrow('The archive ends too early');
		expect(reads).toEqual([]);
	});
});

test('a Blob that gives less than it has is refused', async () => {
	const { blob } = watched((part) =>
		Object.create(part, {
			size: { value: part.size },
			arrayBuffer: { value: () => part.slice(0, -1).arrayBuffer() },
		}),
	);
	await expect(new BlobWindow(blob, never).exactly(0, 1)).rejects.toThrow(
		'The archive could not be read back whole',
	);
});

test('a Blob that can no longer be read says why', async () => {
	const cause = new DOMException('', 'NotReadableError');
	const { blob } = watched((part) =>
		Object.create(part, { arrayBuffer: { value: () => Promise.reject(cause) } }),
	);
	await expect(new BlobWindow(blob, never).exactly(0, 1)).rejects.toThrow(
		expect.objectContaining({ message: 'The archive could not be read back', cause }),
	);
});

test('an abort rejects with the reason: before anything is read, and before what was read is given', async () => {
	const reason = new Error('cancelled');
	const controller = new AbortController();
	const { blob, reads } = watched();
	const window = new BlobWindow(blob, controller.signal);
	const reading = window.exactly(0, 1);
	controller.abort(reason);
	await expect(reading).rejects.toBe(reason);
	await expect(window.exactly(0, 1)).rejects.toBe(reason);
	expect(reads).toHaveLength(1);
});
