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
	const chunks: Uint8Array[] = [];
	let total = 0;
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) break;
			total += value.length;
			if (total > maxBytes) throw tooLarge();
			chunks.push(value);
			onChunk(value.length);
		}
	} catch (error) {
		await reader.cancel(error).catch(() => {});
		throw error;
	}
	const bytes = new Uint8Array(total);
	let offset = 0;
	for (const chunk of chunks) {
		bytes.set(chunk, offset);
		offset += chunk.length;
	}
	return bytes;
}
