import type { Sink } from './append-writer';
import { ReceiptError } from './errors';
import type { Readable } from './read-directory';

/** Reads a sink for a receipt. */
export function readableSink(sink: Pick<Sink, 'read'>): Readable {
	return {
		async exactly(offset, length) {
			const bytes = sink.read(offset, length);
			if (bytes.length < length) throw new ReceiptError('The archive could not be read back whole');
			return bytes;
		},
	};
}
