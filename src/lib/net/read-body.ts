/**
 * Reads a body whole.
 *
 * @param maxBytes a longer body is given up with `tooLarge()`'s error
 * @param onChunk told each chunk's length in bytes
 * @returns a view of a buffer of its own, which may be a byte longer
 */
export async function readBody(
	response: Response,
	maxBytes: number,
	tooLarge: () => Error,
	onChunk: (length: number) => void,
): Promise<Bytes> {
	if (!response.body) return new Uint8Array();
	const reader = readerOf(response.body);
	// The read that finds the end needs room as well.
	let bytes = new Uint8Array(expected(response, maxBytes) + 1);
	let total = 0;
	try {
		for (;;) {
			if (total === bytes.length) bytes = grown(bytes, total, 2 * bytes.length);
			const { done, value } = await reader.read(bytes.subarray(total));
			// What was handed over has come back as another buffer.
			if (value) bytes = new Uint8Array(value.buffer);
			if (done) break;
			total += value.length;
			if (total > maxBytes) throw tooLarge();
			onChunk(value.length);
		}
	} catch (error) {
		await reader.cancel(error).catch(() => {});
		throw error;
	}
	return total + 1 === bytes.length ? bytes.subarray(0, total) : bytes.slice(0, total);
}

/** What the server says. It may be wrong, and of a compressed body it is another length: a guess that spares copies. */
function expected(response: Response, maxBytes: number): number {
	const length = Number(response.headers.get('content-length') ?? 0);
	return Number.isSafeInteger(length) && length > 0 ? Math.min(length, maxBytes) : 64 * 1024;
}

function grown(bytes: Uint8Array, used: number, size: number): Bytes {
	const larger = new Uint8Array(size);
	larger.set(bytes.subarray(0, used));
	return larger;
}

type Bytes = Uint8Array<ArrayBuffer>;

interface Reader {
	/** Fills the place, or a part of it; `value` is that part, perhaps in another buffer, to which all of it has moved. */
	read(into: Bytes): Promise<{ done: false; value: Bytes } | { done: true; value?: Bytes | undefined }>;
	cancel(reason: unknown): Promise<void>;
}

/** Where it can, the browser writes to the place itself: an eighth of a download's time in the worker is saved. */
function readerOf(body: ReadableStream<Bytes>): Reader {
	try {
		return body.getReader({ mode: 'byob' });
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
		return copying(body.getReader());
	}
}

/** For a body that is no byte stream. */
function copying(reader: ReadableStreamDefaultReader<Bytes>): Reader {
	let chunk: Bytes = new Uint8Array();
	return {
		async read(into) {
			while (chunk.length === 0) {
				const { done, value } = await reader.read();
				if (done) return { done };
				chunk = value;
			}
			const part = chunk.subarray(0, into.length);
			chunk = chunk.subarray(part.length);
			into.set(part);
			return { done: false, value: into.subarray(0, part.length) };
		},
		cancel: (reason) => reader.cancel(reason),
	};
}
