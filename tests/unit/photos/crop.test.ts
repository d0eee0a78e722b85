import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { centerCrop, partOf, squareCrop } from '$lib/photos/crop';

const side = fc.integer({ min: 1, max: 6_000 });
const size = fc.record({ width: side, height: side });
const crop = fc.constantFrom('head' as const, 'center' as const);

describe('a part', () => {
	test('lies within its picture, in whole px, and leaves nothing on both sides', () => {
		fc.assert(
			fc.property(size, size, crop, (picture, shape, crop) => {
				const { x, y, width, height } = partOf(picture, shape, crop);
				expect([x, y, width, height].every(Number.isInteger)).toBe(true);
				expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
				expect(Math.min(width, height)).toBeGreaterThanOrEqual(1);
				expect(x + width).toBeLessThanOrEqual(picture.width);
				expect(y + height).toBeLessThanOrEqual(picture.height);
				expect(width === picture.width || height === picture.height).toBe(true);
			}),
		);
	});

	test('has the shape that was asked for, to a px', () => {
		fc.assert(
			fc.property(size, size, crop, (picture, shape, crop) => {
				const { width, height } = partOf(picture, shape, crop);
				const off = Math.min(
					Math.abs(width - height * (shape.width / shape.height)),
					Math.abs(height - width * (shape.height / shape.width)),
				);
				expect(off).toBeLessThanOrEqual(1);
			}),
		);
	});

	test('is the same share of one that is twice as wide', () => {
		expect(partOf({ width: 400, height: 300 }, { width: 2, height: 1 }, 'center')).toEqual({
			x: 0,
			y: 50,
			width: 400,
			height: 200,
		});
		expect(partOf({ width: 400, height: 300 }, { width: 1, height: 2 }, 'head')).toEqual({
			x: 125,
			y: 0,
			width: 150,
			height: 300,
		});
	});
});

test('a square of a portrait is near the top, where the head is; of somebody’s own picture, the middle', () => {
	expect(squareCrop(1_000, 1_500)).toEqual({ x: 0, y: 50, side: 1_000 });
	expect(centerCrop(1_000, 1_500)).toEqual({ x: 0, y: 250, side: 1_000 });
	expect(squareCrop(1_501, 1_000)).toEqual({ x: 250, y: 0, side: 1_000 });
});
