import { describe, expect, test } from 'vitest';
import { ReceiptError } from '$lib/zip/errors';
import { readableFile, readableSink } from '$lib/zip/sink-reader';
import { MemorySink } from './memory-sink';

const never = new AbortController().signal;
const bytes = Uint8Array.of(1, 2, 3, 4, 5);

describe.each([
	['a sink', readableSink(new MemorySink(bytes))],
	['a file', readableFile(new Blob([bytes]), never)],
])('given %s', (_, source) => {
	test('exactly what is asked for is read, at any place', async () => {
		expect([...(await source.exactly(1, 3))]).toEqual([2, 3, 4]);
		expect([...(await source.exactly(0, 5))]).toEqual([1, 2, 3, 4, 5]);
		expect([...(await source.exactly(5, 0))]).toEqual([]);
	});

	test('past its end there is nothing whole', async () => {
		for (const [offset, length] of [
			[3, 3],
			[5, 1],
			[9, 1],
		] as const) {
			const reading = source.exactly(offset, length);
			await expect(reading).rejects.toThrow(ReceiptError);
			await expect(reading).rejects.toThrow('The archive could not be read back whole');
		}
	});
});

test('a file that can no longer be read says so, and why', async () => {
	const cause = new DOMException('', 'NotReadableError');
	const gone = { slice: () => ({ arrayBuffer: () => Promise.reject(cause) }) } as unknown as Blob;
	const reading = readableFile(gone, never).exactly(0, 1);
	await expect(reading).rejects.toThrow(
		expect.objectContaining({ name: 'ReceiptError', message: 'The archive could not be read back', cause }),
	);
});

test('whoever cancels waits for no further look into a file', async () => {
	const over = new AbortController();
	const file = readableFile(new Blob([bytes]), over.signal);
	await file.exactly(0, 1);
	over.abort(new Error('cancelled'));
	await expect(file.exactly(1, 1)).rejects.toThrow('cancelled');
});
