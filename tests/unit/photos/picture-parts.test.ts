import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dimensionsOf } from '$lib/photos/dimensions';
import { detectFormat, isComplete } from '$lib/photos/format';

/** A JPEG's segment: its marker, its length, its data. */
function segment(marker: number, data: readonly number[]): number[] {
	const length = data.length + 2;
	return [0xff, marker, length >> 8, length & 0xff, ...data];
}

const pair = (value: number) => [value >> 8, value & 0xff];
const byte = fc.integer({ min: 0, max: 255 });
const side = fc.integer({ min: 1, max: 65_535 });
const frames = [0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf];

const frameHeader = (marker: number, width: number, height: number) =>
	segment(marker, [8, ...pair(height), ...pair(width), 3]);

/** What may stand between the parts that matter, any of it looking like an end where it is none. */
const between = fc.array(
	fc.oneof(
		fc
			.tuple(
				fc.constantFrom(0xc4, 0xc8, 0xcc, 0xdb, 0xdd, 0xe0, 0xe1, 0xef, 0xfe),
				fc.array(fc.oneof(byte, fc.constantFrom(0xff, 0xd9, 0xc0)), { maxLength: 20 }),
			)
			.map(([marker, data]) => segment(marker, data)),
		fc.constantFrom([0xff, 0xff, 0x01], [0xff, 0x01], [0xff, 0xd0], [0xff, 0xd7], [0x00], [0x55, 0x66]),
	),
	{ maxLength: 5 },
);
/** A scan's data: 0xFF is stuffed, and restart markers part it. */
const scan = fc.array(
	fc.oneof(
		byte.map((value) => (value === 0xff ? [0xff, 0x00] : [value])),
		fc.constantFrom([0xff, 0x00], [0xff, 0xd0], [0xff, 0xd3], [0xff, 0xd7]),
	),
	{ maxLength: 20 },
);

const jpegs = fc
	.record({
		before: between,
		after: between,
		marker: fc.constantFrom(...frames),
		width: side,
		height: side,
		scan,
	})
	.map(({ before, after, marker, width, height, scan }) => {
		const parts = [...before.flat(), ...frameHeader(marker, width, height), ...after.flat()];
		const bytes = [0xff, 0xd8, 0xff, 0xfe, 0, 2, ...parts, ...segment(0xda, [1, 2, 3]), ...scan.flat()];
		return { width, height, bytes: Uint8Array.of(...bytes, 0xff, 0xd9) };
	});

describe('given a JPEG of whatever parts', () => {
	test('it is complete with its last byte, and not before', () => {
		fc.assert(
			fc.property(jpegs, ({ bytes }) => {
				expect(isComplete('jpeg', bytes)).toBe(true);
				for (let length = 0; length < bytes.length; length++) {
					expect(isComplete('jpeg', bytes.subarray(0, length))).toBe(false);
				}
			}),
		);
	});

	test('its size is that of its frame', () => {
		fc.assert(
			fc.property(jpegs, ({ bytes, width, height }) => {
				expect(dimensionsOf(bytes)).toEqual({ width, height });
			}),
		);
	});
});

test('a part of a larger buffer is read at its own place', () => {
	const [{ bytes, width, height }] = fc.sample(jpegs, { numRuns: 1, seed: 1 }) as [
		{ bytes: Uint8Array; width: number; height: number },
	];
	const around = Uint8Array.of(9, 9, 9, ...bytes, 9);
	expect(dimensionsOf(around.subarray(3, 3 + bytes.length))).toEqual({ width, height });
});

describe('the size of a JPEG', () => {
	const head = [0xff, 0xd8];
	const frame = frameHeader(0xc0, 3, 2);

	test('is known as soon as its frame has told it', () => {
		const bytes = Uint8Array.of(...head, ...frame);
		expect(dimensionsOf(bytes.subarray(0, head.length + 9))).toEqual({ width: 3, height: 2 });
		expect(dimensionsOf(bytes.subarray(0, head.length + 8))).toBeNull();
	});

	test.each([
		['behind a scan', segment(0xda, [0, 0, 0, 0, 0, 0, 0])],
		['within a table', segment(0xc4, [...frame, 0])],
	])('%s is none', (_, part) => {
		const isScan = part[1] === 0xda;
		expect(dimensionsOf(Uint8Array.of(...head, ...part, ...(isScan ? frame : [])))).toBeNull();
	});
});

describe('a PNG', () => {
	const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
	const chunk = (type: string, length: number) => [
		...[0, length >> 16, (length >> 8) & 0xff, length & 0xff],
		...Buffer.from(type),
		...new Array<number>(length).fill(0x49),
		...[0, 0, 0, 0],
	];
	const header = [...chunk('IHDR', 13)];
	header.splice(8, 8, 0, 1, 0, 2, 0, 0, 3, 4);
	const png = (...chunks: number[][]) => Uint8Array.from([signature, header, ...chunks].flat());

	test('has the size that its header says', () => {
		expect(dimensionsOf(png())).toEqual({ width: 65_538, height: 772 });
		expect(dimensionsOf(png().subarray(0, 24))).toEqual({ width: 65_538, height: 772 });
		expect(dimensionsOf(png().subarray(0, 23))).toBeNull();
		expect(dimensionsOf(Uint8Array.of(...signature, ...chunk('cHRM', 13)))).toBeNull();
	});

	test.each([1, 255, 256, 70_000])(
		'with %i bytes of data is complete, and not without its last byte',
		(length) => {
			const whole = png(chunk('IDAT', length), chunk('IEND', 0));
			expect(isComplete('png', whole)).toBe(true);
			expect(isComplete('png', whole.subarray(0, -1))).toBe(false);
			expect(isComplete('png', whole.subarray(0, -12))).toBe(false);
		},
	);

	test('without data, or with data behind its end, is none', () => {
		expect(isComplete('png', png(chunk('IEND', 0)))).toBe(false);
		expect(isComplete('png', png(chunk('IEND', 0), chunk('IDAT', 3), chunk('IEND', 0)))).toBe(false);
		expect(isComplete('png', png(chunk('IDAT', 3)))).toBe(false);
		expect(isComplete('png', png(chunk('IDAT', 3), chunk('IEND', 3)).subarray(0, -3))).toBe(false);
	});
});

describe('a WebP', () => {
	/** With so many bytes after its first chunk's name. */
	const webp = (name: string, length: number, size = 8 + length) =>
		Uint8Array.from([
			...Buffer.from('RIFF'),
			...[size & 0xff, (size >> 8) & 0xff, (size >> 16) & 0xff, size >> 24],
			...Buffer.from('WEBP'),
			...Buffer.from(name),
			...new Array<number>(length).fill(1),
		]);

	test.each(['VP8 ', 'VP8L', 'VP8X'])(
		'that begins with %s is complete, and not without its last byte',
		(name) => {
			for (const length of [4, 5, 250, 70_000]) {
				expect(isComplete('webp', webp(name, length))).toBe(true);
				expect(isComplete('webp', webp(name, length).subarray(0, -1))).toBe(false);
			}
		},
	);

	test('that begins with anything else, or is too short for a picture, is none', () => {
		expect(isComplete('webp', webp('ANIM', 250))).toBe(false);
		expect(isComplete('webp', webp('VP8 ', 4, 11))).toBe(false);
	});
});

describe('a format is told by all of its first bytes', () => {
	const text = (words: string) => [...Buffer.from(words, 'latin1')];

	test.each<[string, number[]]>([
		['jpeg', [0xff, 0xd8, 0xff]],
		['png', text('\x89PNG\r\n\x1a\n')],
		['webp', text('RIFF....WEBP')],
	])('%s', (format, bytes) => {
		expect(detectFormat(Uint8Array.from(bytes))).toBe(format);
		for (const [at, value] of bytes.entries()) {
			if (value === 0x2e) continue;
			expect(detectFormat(Uint8Array.from(bytes.with(at, value ^ 1)))).toBeNull();
		}
	});

	test('sizes are only read of JPEG and PNG', () => {
		const like = (...first: number[]) => dimensionsOf(Uint8Array.of(...first, ...frameHeader(0xc0, 3, 2)));
		expect(like(0xff, 0xd8)).toEqual({ width: 3, height: 2 });
		expect([like(0xff, 0xd9), like(0xfe, 0xd8), like(0x89, 0x50)]).toEqual([null, null, null]);
	});
});
