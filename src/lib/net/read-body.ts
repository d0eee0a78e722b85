/**
 * Reads a body whole.
 *
 * @param maxBytes a longer body is given up with `tooLarge()`'s error
 * @param onChunk told each chunk's length in bytes
 */
export async function readBody(
	response: Response,
	maxBytes: number,
	tooLarge: () => Error,
	onChunk: (length: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
	if (!response.body) return new Uint8Array();
	const reader = response.body.getReader();
	let bytes = new Uint8Array(expected(response, maxBytes));
	let total = 0;
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) break;
			const end = total + value.length;
			if (end > maxBytes) throw tooLarge();
			if (end > bytes.length) bytes = grown(bytes, total, Math.max(end, 2 * bytes.length));
			bytes.set(value, total);
			total = end;
			onChunk(value.length);
		}
	} catch (error) {
		await reader.cancel(error).catch(() => {});
		throw error;
	}
	return total === bytes.length ? bytes : bytes.slice(0, total);
}

/** What the server says. It may be wrong, and of a compressed body it is another length: a guess that spares copies. */
function expected(response: Response, maxBytes: number): number {
	const length = Number(response.headers.get('content-length') ?? 0);
	return Number.isSafeInteger(length) && length > 0 ? Math.min(length, maxBytes) : 64 * 1024;
}

function grown(bytes: Uint8Array, used: number, size: number): Uint8Array<ArrayBuffer> {
	const larger = new Uint8Array(size);
	larger.set(bytes.subarray(0, used));
	return larger;
}
