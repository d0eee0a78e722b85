import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { readBody } from '$lib/net/read-body';

type Bytes = Uint8Array<ArrayBuffer>;
const kinds = ['a byte stream', 'a plain stream'] as const;

/** A body that arrives in these chunks, as the browser's own do (byte streams) or as others may. */
function bodyOf(kind: (typeof kinds)[number], chunks: Bytes[], end?: Error): ReadableStream<Bytes> {
	const left = chunks.filter(({ length }) => length > 0).map((chunk) => chunk.slice());
	const pull = (controller: ReadableStreamDefaultController<Bytes> | ReadableByteStreamController) => {
		const chunk = left.shift();
		if (chunk) return controller.enqueue(chunk);
		if (end) return controller.error(end);
		controller.close();
		if ('byobRequest' in controller) controller.byobRequest?.respond(0);
	};
	return kind === 'a byte stream'
		? new ReadableStream({ type: 'bytes', pull })
		: new ReadableStream<Bytes>({ pull }, { highWaterMark: 0 });
}

function read(body: ReadableStream<Bytes>, length: number | null, maxBytes = 1e6) {
	const headers = new Headers(length === null ? {} : { 'content-length': String(length) });
	const onChunk = vi.fn();
	const bytes = readBody(new Response(body, { headers }), maxBytes, () => new Error('too large'), onChunk);
	return { bytes, onChunk };
}

for (const kind of kinds) {
	test(`${kind} is read whole, in whatever chunks it comes and whatever length was announced`, async () => {
		const chunks = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 });
		await fc.assert(
			fc.asyncProperty(chunks, fc.option(fc.nat({ max: 3_000 })), async (chunks, announced) => {
				const whole = Buffer.concat(chunks);
				const { bytes, onChunk } = read(bodyOf(kind, chunks as Bytes[]), announced);
				expect(Buffer.compare(Buffer.from(await bytes), whole)).toBe(0);
				expect(onChunk.mock.calls.reduce((sum, [length]) => sum + length, 0)).toBe(whole.length);
			}),
		);
	});

	test(`${kind} of just the announced length is not copied`, async () => {
		const { bytes } = read(bodyOf(kind, [new Uint8Array(500), new Uint8Array(500).fill(7)]), 1_000);
		expect([(await bytes).length, (await bytes).buffer.byteLength]).toEqual([1_000, 1_001]);
	});

	test(`${kind} may have just so many bytes, and is given up at one more`, async () => {
		expect(await read(bodyOf(kind, [new Uint8Array(1_000)]), null, 1_000).bytes).toHaveLength(1_000);
		const body = bodyOf(kind, [new Uint8Array(1_000), new Uint8Array(1)]);
		await expect(read(body, 1_001, 1_000).bytes).rejects.toThrow('too large');
	});

	test(`${kind} that breaks off is an error`, async () => {
		const { bytes } = read(bodyOf(kind, [new Uint8Array(10)], new TypeError('broken')), 1_000);
		await expect(bytes).rejects.toThrow('broken');
	});
}

test('a body that is given up is cancelled, with the reason', async () => {
	const cancel = vi.fn();
	const endless = new ReadableStream<Bytes>({ pull: (to) => to.enqueue(new Uint8Array(600)), cancel });
	await expect(read(endless, null, 1_000).bytes).rejects.toThrow('too large');
	expect(cancel).toHaveBeenCalledWith(expect.objectContaining({ message: 'too large' }));
});
