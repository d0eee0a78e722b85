import { commands } from 'vitest/browser';
import { describe, expect, test, vi } from 'vitest';
import { makeFor } from '$lib/download/job/make';
import { makeBytes } from '$lib/download/job/make-bytes';
import { presets } from '$lib/download/options/presets';
import { plainOptions } from '$lib/download/options/options';
import { ConvertError, toSized, type Sized } from '$lib/photos/convert';
import { detectFormat } from '$lib/photos/format';
import type {} from '../../browser/commands.ts';
import { fromBase64 } from '../photos/base64.ts';

// Pictures are drawn when they are first asked for, and megabytes are slow to encode.
vi.setConfig({ testTimeout: 60_000 });

function inspect(bytes: Uint8Array) {
	let binary = '';
	for (let at = 0; at < bytes.length; at += 0x8000) {
		binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
	}
	return commands.inspectPicture(btoa(binary));
}

const headshot = async () => fromBase64(await commands.renderHeadshot());
const profilePicture = async (format: 'png' | 'jpeg', side: number) =>
	fromBase64((await commands.renderPicture({ format, width: side, height: side })).source);

describe.each(presets)('$name', (preset) => {
	const options = { ...plainOptions, preset: preset.id, layout: preset.layouts[0] };

	test('a headshot of megabytes comes out as it demands, says sharp', async () => {
		const { bytes, note } = await makeBytes(await headshot(), 'jpeg', makeFor('headshot', options));
		const found = await inspect(bytes);
		expect(found).toMatchObject({ format: 'jpeg', ...preset.frame });
		expect(found.size).toBeLessThanOrEqual(preset.maxBytes ?? Infinity);
		expect(note).toBeNull();
	});

	if (!preset.layouts.some((layout) => layout === 'flat-pfp')) return;

	test('a round profile picture is a JPEG on white, and not enlarged without need', async () => {
		const picture = await profilePicture('png', 600);
		const { bytes, note } = await makeBytes(picture, 'png', makeFor('rendered', options));
		const found = await inspect(bytes);
		const side = Math.min(600, preset.frame.width);
		expect(found).toMatchObject({ format: 'jpeg', width: side, height: side, hasAlpha: false });
		expect(Math.min(...found.corner)).toBeGreaterThan(245);
		expect(found.size).toBeLessThanOrEqual(preset.maxBytes ?? Infinity);
		expect(note).toBeNull();
	});
});

test('Slack’s least side: a smaller picture is enlarged to it, and a note says so', async () => {
	const make = makeFor('rendered', { ...plainOptions, preset: 'slack', layout: 'flat-pfp' });
	const { bytes, note } = await makeBytes(await profilePicture('jpeg', 128), 'jpeg', make);
	expect(await inspect(bytes)).toMatchObject({ format: 'jpeg', width: 512, height: 512 });
	expect(note).toBe('was too small and had to be enlarged to 512 × 512 px');
});

describe('a size and a weight of one’s own', () => {
	const whole: Sized = { frame: null, crop: 'head', minSide: 0, quality: 0.95, maxBytes: null };

	test('a JPEG that is light enough stays as it is, to the byte', async () => {
		const bytes = await headshot();
		expect((await toSized(bytes, 'jpeg', { ...whole, maxBytes: bytes.length })).bytes).toBe(bytes);
	});

	test('one that is too heavy keeps its size and gives up quality', async () => {
		const made = await toSized(await headshot(), 'jpeg', { ...whole, maxBytes: 900_000 });
		expect(await inspect(made.bytes)).toMatchObject({ format: 'jpeg', width: 1920, height: 2400 });
		expect(made.bytes.length).toBeLessThanOrEqual(900_000);
		expect(made.bytes.length).toBeGreaterThan(300_000);
	});

	test('one that can’t get light enough fails with a sentence', async () => {
		const sized = { ...whole, maxBytes: 10_000 };
		const failed = toSized(await headshot(), 'jpeg', sized);
		await expect(failed).rejects.toThrow(ConvertError);
		await expect(failed).rejects.toThrow('It doesn’t get smaller than the 10 kB that are allowed.');
	});

	test('a square of a headshot is head and shoulders, and never larger than it was', async () => {
		const canvas = new OffscreenCanvas(300, 400);
		const context = canvas.getContext('2d')!;
		context.fillStyle = 'red';
		context.fillRect(0, 0, 300, 10);
		context.fillStyle = 'blue';
		context.fillRect(0, 10, 300, 300);
		const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
		const frame = { width: 512, height: 512 };
		const made = await toSized(bytes, 'png', { ...whole, frame });
		const found = await inspect(made.bytes);
		expect(found).toMatchObject({ width: 300, height: 300 });
		expect(found.corner[2]).toBeGreaterThan(240);
		expect(made.isEnlarged).toBe(false);
	});

	test('what is no picture fails with a ConvertError', async () => {
		expect(detectFormat(new Uint8Array(9))).toBeNull();
		await expect(toSized(new Uint8Array(9), 'jpeg', whole)).rejects.toThrow(ConvertError);
	});
});
