import { describe, expect, test, vi } from 'vitest';
import { ConvertError, cropProfilePicture, squareCrop, toJpeg, toProfilePng } from '$lib/photos/convert';
import { detectFormat, isComplete, type PhotoFormat } from '$lib/photos/format';

// Large pictures are slow to draw without a graphics card, on a busy machine most of all.
vi.setConfig({ testTimeout: 60_000 });

type Color = 'red' | 'lime' | 'blue' | 'white' | 'black';

const colors: Record<Color, [number, number, number]> = {
	red: [255, 0, 0],
	lime: [0, 255, 0],
	blue: [0, 0, 255],
	white: [255, 255, 255],
	black: [0, 0, 0],
};

/** A picture of rectangles, `[color, x, y, width, height]`; transparent where there is none. */
async function picture(
	format: PhotoFormat,
	width: number,
	height: number,
	...rectangles: [Color, number, number, number, number][]
): Promise<Uint8Array> {
	const canvas = new OffscreenCanvas(width, height);
	const context = canvas.getContext('2d');
	if (!context) throw new Error('no canvas');
	for (const [color, ...rectangle] of rectangles) {
		context.fillStyle = color;
		context.fillRect(...rectangle);
	}
	const blob = await canvas.convertToBlob({ type: `image/${format}`, quality: 1 });
	expect(blob.type).toBe(`image/${format}`);
	return new Uint8Array(await blob.arrayBuffer());
}

/** An APP1 segment with nothing but an orientation (Exif 2.32, section 4.6.4, tag 0x0112), put behind the SOI. */
function withOrientation(jpeg: Uint8Array, orientation: number): Uint8Array {
	const tiff = [
		0x4d,
		0x4d,
		0,
		42,
		0,
		0,
		0,
		8,
		0,
		1,
		0x01,
		0x12,
		0,
		3,
		0,
		0,
		0,
		1,
		0,
		orientation,
		0,
		0,
		0,
		0,
		0,
		0,
	];
	const app1 = [0xff, 0xe1, 0, 2 + 6 + tiff.length, ...new TextEncoder().encode('Exif\0\0'), ...tiff];
	return Uint8Array.from([...jpeg.subarray(0, 2), ...app1, ...jpeg.subarray(2)]);
}

interface Pixels {
	width: number;
	height: number;
	/** The named color that a pixel is near to; else its numbers. */
	at(x: number, y: number): string;
}

/** A JPEG as it lies in its file: a tag about its orientation would be ignored. */
async function pixelsOf(jpeg: Uint8Array): Promise<Pixels> {
	expect(detectFormat(jpeg)).toBe('jpeg');
	expect(isComplete('jpeg', jpeg)).toBe(true);
	const blob = new Blob([Uint8Array.from(jpeg)], { type: 'image/jpeg' });
	const bitmap = await createImageBitmap(blob, { imageOrientation: 'none' });
	const { width, height } = bitmap;
	const context = new OffscreenCanvas(width, height).getContext('2d');
	if (!context) throw new Error('no canvas');
	context.drawImage(bitmap, 0, 0);
	bitmap.close();
	return {
		width,
		height,
		at(x, y) {
			const [r = 0, g = 0, b = 0] = context.getImageData(x, y, 1, 1).data;
			const near = Object.entries(colors).find(([, [red, green, blue]]) => {
				return Math.max(Math.abs(r - red), Math.abs(g - green), Math.abs(b - blue)) < 24;
			});
			return near?.[0] ?? `${r} ${g} ${b}`;
		},
	};
}

describe('toJpeg', () => {
	test('given a JPEG, its bytes go through untouched', async () => {
		const jpeg = await picture('jpeg', 8, 8, ['red', 0, 0, 8, 8]);
		expect(await toJpeg(jpeg, 'jpeg')).toBe(jpeg);
	});

	test.each(['png', 'webp'] as const)(
		'given a %s with transparency, it becomes a JPEG on white',
		async (format) => {
			const bytes = await picture(format, 64, 48, ['red', 0, 0, 32, 48]);
			const pixels = await pixelsOf(await toJpeg(bytes, format));
			expect([pixels.width, pixels.height]).toEqual([64, 48]);
			expect([pixels.at(8, 24), pixels.at(56, 24)]).toEqual(['red', 'white']);
		},
	);

	test('given a part of the memory that holds more, only that part is read', async () => {
		const png = await picture('png', 16, 16, ['blue', 0, 0, 16, 16]);
		const memory = new Uint8Array(png.length + 200).fill(7);
		memory.set(png, 100);
		const pixels = await pixelsOf(await toJpeg(memory.subarray(100, 100 + png.length), 'png'));
		expect(pixels.at(8, 8)).toBe('blue');
	});

	test.each(['png', 'webp'] as const)(
		'given a %s that is broken, it fails with a ConvertError',
		async (format) => {
			const bytes = await picture(format, 64, 48, ['red', 0, 0, 32, 48]);
			await expect(toJpeg(bytes.subarray(0, 20), format)).rejects.toThrow(ConvertError);
			await expect(toJpeg(new Uint8Array(0), format)).rejects.toThrow(ConvertError);
		},
	);
});

describe('cropProfilePicture', () => {
	test('given a portrait, it is the square near the top', async () => {
		// 200 × 300: rows 10 to 210 stay.
		const bytes = await picture(
			'jpeg',
			200,
			300,
			['blue', 0, 0, 200, 300],
			['red', 0, 0, 200, 32],
			['lime', 0, 194, 200, 106],
		);
		const pixels = await pixelsOf(await cropProfilePicture(bytes, 'jpeg'));
		expect([pixels.width, pixels.height]).toEqual([200, 200]);
		expect([4, 16, 28, 176, 190].map((y) => pixels.at(100, y))).toEqual([
			'red',
			'red',
			'blue',
			'blue',
			'lime',
		]);
	});

	test('given a landscape, it is the middle, and nothing is stretched', async () => {
		const bytes = await picture('png', 400, 200, ['blue', 0, 0, 400, 200], ['red', 180, 80, 40, 40]);
		const pixels = await pixelsOf(await cropProfilePicture(bytes, 'png'));
		expect([pixels.width, pixels.height]).toEqual([200, 200]);
		// The red square is 40 px both ways, in the middle.
		expect([76, 84, 116, 124].map((at) => pixels.at(at, 100))).toEqual(['blue', 'red', 'red', 'blue']);
		expect([76, 84, 116, 124].map((at) => pixels.at(100, at))).toEqual(['blue', 'red', 'red', 'blue']);
	});

	test.each([
		[1500, 1024],
		[2600, 1024],
		[4100, 1024],
		[1024, 1024],
		[600, 600],
		[1, 1],
	])('given %i px, it has %i', async (from, to) => {
		const bytes = await picture(
			'jpeg',
			from,
			from,
			['blue', 0, 0, from, from],
			['red', 0, 0, from / 2, from / 2],
		);
		const pixels = await pixelsOf(await cropProfilePicture(bytes, 'jpeg'));
		expect([pixels.width, pixels.height]).toEqual([to, to]);
		if (to === 1) return;
		const places = [to * 0.47, to * 0.53].map(Math.round);
		expect(places.map((at) => pixels.at(at, at))).toEqual(['red', 'blue']);
	});

	test('given fine lines, scaling down mixes them instead of skipping some', async () => {
		const lines = Array.from({ length: 1024 }, (_, at): [Color, number, number, number, number] => [
			'black',
			at * 4,
			0,
			2,
			4096,
		]);
		const bytes = await picture('png', 4096, 4096, ['white', 0, 0, 4096, 4096], ...lines);
		const pixels = await pixelsOf(await cropProfilePicture(bytes, 'png'));
		for (const x of [100, 301, 502, 703]) {
			const [gray] = pixels.at(x, 500).split(' ').map(Number);
			expect(Math.abs((gray ?? 0) - 128)).toBeLessThan(20);
		}
	});

	test('given a photo taken with the camera turned, it comes out upright', async () => {
		// Lies on its side: what is left in the file is the top for who looks at it (orientation 6: turn by 90° clockwise).
		const lying = await picture(
			'jpeg',
			300,
			200,
			['blue', 0, 0, 300, 200],
			['red', 0, 0, 100, 200],
			['lime', 100, 0, 100, 100],
		);
		const pixels = await pixelsOf(await cropProfilePicture(withOrientation(lying, 6), 'jpeg'));
		expect([pixels.width, pixels.height]).toEqual([200, 200]);
		// Upright it is 200 × 300: red above, then lime at the right of blue; rows 10 to 210 stay.
		expect([pixels.at(50, 40), pixels.at(150, 40)]).toEqual(['red', 'red']);
		expect([pixels.at(50, 140), pixels.at(150, 140)]).toEqual(['blue', 'lime']);
	});

	test('a profile picture, too, comes out upright', async () => {
		const lying = await picture('jpeg', 300, 300, ['blue', 0, 0, 300, 300], ['red', 0, 0, 100, 300]);
		const png = await toProfilePng(withOrientation(lying, 6), 'jpeg');
		const pixels = await pixelsOf(await toJpeg(png, 'png'));
		expect([pixels.at(300, 100), pixels.at(300, 300), pixels.at(100, 500)]).toEqual(['red', 'blue', 'blue']);
	});

	test('given transparency, it is on white', async () => {
		const bytes = await picture('webp', 64, 64, ['red', 0, 0, 32, 64]);
		const pixels = await pixelsOf(await cropProfilePicture(bytes, 'webp'));
		expect([pixels.at(8, 32), pixels.at(56, 32)]).toEqual(['red', 'white']);
	});

	test('given no picture, it fails with a ConvertError', async () => {
		await expect(cropProfilePicture(new TextEncoder().encode('<html>'), 'jpeg')).rejects.toThrow(
			ConvertError,
		);
	});
});

describe('squareCrop', () => {
	test.each([
		['a portrait', 1024, 1280, { x: 0, y: 25, side: 1024 }],
		['a tall portrait', 1000, 3000, { x: 0, y: 200, side: 1000 }],
		['a landscape', 1281, 1024, { x: 128, y: 0, side: 1024 }],
		['a square', 600, 600, { x: 0, y: 0, side: 600 }],
		['one pixel', 1, 1, { x: 0, y: 0, side: 1 }],
		['a line', 1, 9, { x: 0, y: 0, side: 1 }],
	])('given %s', (_, width, height, square) => {
		expect(squareCrop(width, height)).toEqual(square);
	});
});
