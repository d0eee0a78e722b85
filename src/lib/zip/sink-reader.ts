import type { ReadableSink } from './sink';
import { ReceiptError } from './errors';
import type { Readable } from './read-directory';

const NOT_WHOLE = 'The archive could not be read back whole';

/** Reads a sink for a receipt. */
export function readableSink(sink: Pick<ReadableSink, 'read'>): Readable {
	return {
		async exactly(offset, length) {
			const bytes = sink.read(offset, length);
			if (bytes.length < length) throw new ReceiptError(NOT_WHOLE);
			return bytes;
		},
	};
}

/**
 * Reads a few bytes here and there of a file, for a receipt: a window that moves on would read all that is between.
 * @param signal ends it with its reason: each look may take a while
 */
export function readableFile(file: Blob, signal: AbortSignal): Readable {
	return {
		async exactly(offset, length) {
			signal.throwIfAborted();
			try {
				const bytes = new Uint8Array(await file.slice(offset, offset + length).arrayBuffer());
				if (bytes.length === length) return bytes;
			} catch (cause) {
				throw new ReceiptError('The archive could not be read back', null, { cause });
			}
			throw new ReceiptError(NOT_WHOLE);
		},
	};
}
