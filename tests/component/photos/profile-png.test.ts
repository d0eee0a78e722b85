import { commands } from 'vitest/browser';
import { describe, expect, test, vi } from 'vitest';
import { ConvertError, cropProfilePng, toProfilePng } from '$lib/photos/convert';
import { detectFormat, isComplete } from '$lib/photos/format';
import type {} from '../../browser/commands.ts';
import { fromBase64 } from './base64.ts';

// Pictures are drawn when they are first asked for.
vi.setConfig({ testTimeout: 60_000 });

const SIDE = 600;

interface Png {
	width: number;
	height: number;
	bitDepth: number;
	colorType: number;
}

/** https://www.w3.org/TR/png-3/#11IHDR, which comes first. */
function headerOf(png: Uint8Array): Png {
	expect([detectFormat(png), isComplete('png', png)]).toEqual(['png', true]);
	const view = new DataView(png.buffer, png.byteOffset);
	return {
		width: view.getUint32(16),
		height: view.getUint32(20),
		bitDepth: view.getUint8(24),
		colorType: view.getUint8(25),
	};
}

const trueColorWithAlpha = { width: SIDE, height: SIDE, bitDepth: 8, colorType: 6 };

/** RGBA, not premultiplied. */
async function pixelsOf(png: Uint8Array<ArrayBuffer>): Promise<Uint8ClampedArray> {
	const bitmap = await createImageBitmap(new Blob([png], { type: 'image/png' }));
	const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
	if (!context) throw new Error('no canvas');
	context.drawImage(bitmap, 0, 0);
	bitmap.close();
	return context.getImageData(0, 0, SIDE, SIDE).data;
}

/**
 * How far two pictures are apart, in levels of 256: the mean over all pixels, for red, green, blue (premultiplied, so
 * that the color of what can't be seen doesn't count) and alpha.
 */
function difference(one: ArrayLike<number>, other: ArrayLike<number>): number[] {
	const sums = [0, 0, 0, 0];
	for (let at = 0; at < one.length; at += 4) {
		const [alpha, otherAlpha] = [one[at + 3]! / 255, other[at + 3]! / 255];
		for (let channel = 0; channel < 3; channel++) {
			sums[channel]! += Math.abs(one[at + channel]! * alpha - other[at + channel]! * otherAlpha);
		}
		sums[3]! += Math.abs(alpha - otherAlpha) * 255;
	}
	return sums.map((sum) => sum / (SIDE * SIDE));
}

/**
 * Levels of 256, in the mean. Two good scalers differ along edges by a few tenths; a picture that lies one pixel beside
 * its place is 1.1 levels off, and nobody sees that either.
 */
const BOUND = 0.7;

describe.each(['png', 'jpeg', 'webp'] as const)('given a %s', (format) => {
	test.each([
		[128, 128],
		[512, 512],
		[600, 600],
		[1024, 1024],
		[2400, 2400],
		[700, 1024],
		[512, 300],
	])('of %i × %i px, it is the 600 × 600 PNG that sharp makes of it', async (width, height) => {
		const { source, expected } = await commands.renderPicture({ format, width, height });
		const png = await toProfilePng(await fromBase64(source), format);
		expect(headerOf(png)).toEqual(trueColorWithAlpha);
		const pixels = await pixelsOf(png);
		expect(Math.max(...difference(pixels, await fromBase64(expected)))).toBeLessThan(BOUND);
		if (width !== height) return;
		const corner = format === 'jpeg' ? 255 : 0;
		expect([pixels[3], pixels[4 * SIDE * 300 + 4 * 300 + 3]]).toEqual([corner, 255]);
	});
});

describe('given a headshot', () => {
	/** 300 × 400 px on transparency: red, of which 10 % of what is too much are cut off above, 90 % below. */
	async function headshot(): Promise<Uint8Array> {
		const canvas = new OffscreenCanvas(300, 400);
		const context = canvas.getContext('2d');
		if (!context) throw new Error('no canvas');
		context.fillStyle = 'red';
		context.fillRect(0, 0, 300, 10);
		context.fillStyle = 'blue';
		context.fillRect(0, 10, 150, 300);
		return new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
	}

	test('it is head and shoulders, and its transparency stays', async () => {
		const png = await cropProfilePng(await headshot(), 'png');
		expect(headerOf(png)).toEqual(trueColorWithAlpha);
		const pixels = await pixelsOf(png);
		const at = (x: number, y: number) => [...pixels.subarray(4 * (y * SIDE + x), 4 * (y * SIDE + x) + 4)];
		expect([at(100, 3), at(100, 596), at(500, 300)]).toEqual([
			[0, 0, 255, 255],
			[0, 0, 255, 255],
			[0, 0, 0, 0],
		]);
	});

	test('what is no picture fails with a ConvertError', async () => {
		const broken = (await headshot()).subarray(0, 30);
		await expect(cropProfilePng(broken, 'png')).rejects.toThrow(ConvertError);
		await expect(toProfilePng(new Uint8Array(0), 'jpeg')).rejects.toThrow(ConvertError);
	});
});

test('a shift by one pixel would be noticed', async () => {
	const { expected } = await commands.renderPicture({ format: 'png', width: 1024, height: 1024 });
	const picture = await fromBase64(expected);
	const shifted = picture.subarray(4).slice();
	expect(Math.max(...difference(shifted, picture))).toBeGreaterThan(BOUND);
});
