import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { detectFormat, isComplete, type PhotoFormat } from '$lib/photos/format';

function picture(width = 24, height = 30) {
	return sharp({
		create: {
			width,
			height,
			channels: 3,
			noise: { type: 'gaussian', mean: 128, sigma: 40 },
			background: '#000',
		},
	});
}

const samples: [string, PhotoFormat, Uint8Array][] = [
	['JPEG', 'jpeg', await picture().jpeg().toBuffer()],
	['progressive JPEG', 'jpeg', await picture().jpeg({ progressive: true }).toBuffer()],
	[
		'JPEG with a thumbnail',
		'jpeg',
		withThumbnail(await picture().jpeg().toBuffer(), await picture(8, 8).jpeg().toBuffer()),
	],
	['PNG', 'png', await picture().png().toBuffer()],
	['lossy WebP', 'webp', await picture().webp().toBuffer()],
	['lossless WebP', 'webp', await picture().webp({ lossless: true }).toBuffer()],
	['WebP with transparency', 'webp', await picture().ensureAlpha(0.5).webp().toBuffer()],
];

/** A whole JPEG inside an APP1 segment, as cameras put it there. */
function withThumbnail(jpeg: Uint8Array, thumbnail: Uint8Array): Uint8Array {
	const size = thumbnail.length + 8;
	const app1 = Uint8Array.of(0xff, 0xe1, size >> 8, size & 0xff, ...Buffer.from('Exif\0\0'), ...thumbnail);
	return new Uint8Array(Buffer.concat([jpeg.subarray(0, 2), app1, jpeg.subarray(2)]));
}

function append(bytes: Uint8Array, ...more: number[]): Uint8Array {
	return Uint8Array.of(...bytes, ...more);
}

describe.each(samples)('given a %s', (_, format, bytes) => {
	test('its format is told by its first bytes, and it is complete', () => {
		expect(detectFormat(bytes)).toBe(format);
		expect(isComplete(format, bytes)).toBe(true);
	});

	test('cut at any length it is not complete', () => {
		const passed: number[] = [];
		for (let length = 0; length < bytes.length; length++) {
			if (isComplete(format, bytes.subarray(0, length))) passed.push(length);
		}
		expect(passed).toEqual([]);
	});

	test('what is appended does not matter', () => {
		expect(isComplete(format, append(bytes, 0, 0, 0))).toBe(true);
		expect(isComplete(format, append(bytes, ...bytes.subarray(0, 40)))).toBe(true);
	});

	test('it is no complete picture of another format', () => {
		for (const other of ['jpeg', 'png', 'webp'] as const) {
			expect(isComplete(other, bytes)).toBe(other === format);
		}
	});

	test('other bytes may be wrong, but never stop or break the check', () => {
		for (let at = 0; at < bytes.length; at++) {
			const damaged = bytes.slice();
			damaged[at] = 0xff;
			expect(typeof isComplete(format, damaged)).toBe('boolean');
		}
	});
});

describe('given something that is no photo', () => {
	const text = (words: string) => new TextEncoder().encode(words);
	test.each<[string, Uint8Array]>([
		['nothing', new Uint8Array(0)],
		['one byte', Uint8Array.of(0xff)],
		['HTML', text('<!doctype html><title>Sign in</title>')],
		['SVG', text('<svg xmlns="http://www.w3.org/2000/svg"/>')],
		['GIF', text('GIF89a\x01\0\x01\0')],
		['WAV', text('RIFF\x04\0\0\0WAVE')],
		['JSON', text('{"success":false}')],
	])('%s', (_, bytes) => {
		expect(detectFormat(bytes)).toBeNull();
		for (const format of ['jpeg', 'png', 'webp'] as const) expect(isComplete(format, bytes)).toBe(false);
	});

	test.each<[string, PhotoFormat, number[]]>([
		['a JPEG without a scan', 'jpeg', [0xff, 0xd8, 0xff, 0xd9]],
		[
			'a PNG without data',
			'png',
			[0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0, 0, 0, 0],
		],
		['an empty WebP', 'webp', [...text('RIFF\x04\0\0\0WEBP')]],
	])('%s', (_, format, bytes) => {
		expect(isComplete(format, Uint8Array.from(bytes))).toBe(false);
	});
});

test('a JPEG with fill bytes and stray bytes between its segments is complete', async () => {
	const jpeg = await picture().jpeg().toBuffer();
	const loose = Uint8Array.of(0xff, 0xd8, 0xff, 0xff, 0xff, 0xfe, 0, 3, 7, 1, 2, 3, ...jpeg.subarray(2));
	expect(isComplete('jpeg', loose)).toBe(true);
});

test('20 MB of one scan are walked to their end, and one byte less is noticed', () => {
	const jpeg = new Uint8Array(20_000_000).fill(0x55);
	jpeg.set([0xff, 0xd8, 0xff, 0xda, 0, 2]);
	jpeg.set([0xff, 0xd9], jpeg.length - 2);
	expect(isComplete('jpeg', jpeg)).toBe(true);
	expect(isComplete('jpeg', jpeg.subarray(0, -1))).toBe(false);
});
