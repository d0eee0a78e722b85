/** Renders portraits when they are first asked for, and keeps the files on disk for every later run. */

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import type { PictureFormat } from './company.ts';
import { portraitSvg } from './portrait.ts';
import { random } from './random.ts';

/** Raise it when the drawing changes: older files are then left alone and new ones made. */
const version = 2;
const folder = fileURLToPath(
	new URL(`../../node_modules/.cache/headshot-admin/pictures/v${version}/`, import.meta.url),
);

/**
 * `large`: 1920 × 2400 with film grain, megabytes. `small`: 960 × 1200 without, some 60 kB, to be padded.
 * `thumbnail`: 320 × 400.
 */
export type Rendition = 'large' | 'small' | 'thumbnail';

/** Being read or rendered; afterwards the disk has them, and memory needn't. */
const underway = new Map<string, Promise<Buffer>>();

export function portrait(face: number, look: number, rendition: Rendition): Promise<Buffer> {
	return once(`${face}-${look}-${rendition}.jpg`, () => {
		if (rendition === 'large') return photograph(face, look);
		if (rendition === 'small') return plainPhotograph(face, look);
		return sharp(Buffer.from(portraitSvg(face, look, 'portrait', 320)))
			.jpeg({ quality: 82 })
			.toBuffer();
	});
}

/** PNG and WebP are cut out as a circle, with transparency around it; JPEG is a full square. */
export function profilePicture(
	face: number,
	look: number,
	size: number,
	format: PictureFormat,
): Promise<Buffer> {
	return once(`${face}-${look}-pfp-${size}.${format}`, () => {
		const shape = format === 'jpeg' ? 'square' : 'circle';
		const drawn = sharp(Buffer.from(portraitSvg(face, look, shape, size)));
		if (format === 'jpeg') return drawn.jpeg({ quality: 90 }).toBuffer();
		return format === 'png' ? drawn.png().toBuffer() : drawn.webp({ quality: 88 }).toBuffer();
	});
}

/** How a face's photos are stored: EXIF orientation 1 (upright) for most, as from phones for some. */
export function orientationOf(face: number): 1 | 3 | 6 | 8 {
	return ({ 4: 6, 9: 8, 14: 3, 19: 6 } as const)[face] ?? 1;
}

/** Clockwise turn of the stored pixels that each orientation undoes. */
const storedTurn = { 1: 0, 3: 180, 6: 270, 8: 90 } as const;

async function photograph(face: number, look: number): Promise<Buffer> {
	// Drawn at half the size: the softness is a lens's, and librsvg takes ten times as long for the whole.
	const drawn = await drawing(face, look, 960);
	const { data, info } = await drawn.resize(1920, 2400).raw().toBuffer({ resolveWithObject: true });
	addGrain(data, face * 7 + look, 9 + (face % 4) * 2);
	return stored(sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } }), face, 92);
}

async function plainPhotograph(face: number, look: number): Promise<Buffer> {
	return stored(await drawing(face, look, 960), face, 85);
}

/** Rendered once into pixels: sharp would otherwise draw the SVG anew at the size of what follows. */
async function drawing(face: number, look: number, width: number): Promise<Sharp> {
	const svg = Buffer.from(portraitSvg(face, look, 'portrait', width));
	const { data, info } = await sharp(svg).removeAlpha().raw().toBuffer({ resolveWithObject: true });
	return sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } });
}

function stored(upright: Sharp, face: number, quality: number): Promise<Buffer> {
	const orientation = orientationOf(face);
	const turned = upright.rotate(storedTurn[orientation]).jpeg({ quality });
	return (orientation === 1 ? turned : turned.withMetadata({ orientation })).toBuffer();
}

/** Film grain: the same noise on all three channels. @param strength about its spread, in levels of 256 */
function addGrain(pixels: Buffer, seed: number, strength: number): void {
	const noise = grain();
	const luck = random(seed);
	let from = 0;
	for (let at = 0; at + 2 < pixels.length; at += 3) {
		// A new place in the tile for every short run hides its repetition.
		if (at % 5760 === 0) from = luck.between(0, noise.length - 1921);
		const by = ((noise[from++] ?? 0) * strength) / 32;
		pixels[at] = clamp((pixels[at] ?? 0) + by);
		pixels[at + 1] = clamp((pixels[at + 1] ?? 0) + by);
		pixels[at + 2] = clamp((pixels[at + 2] ?? 0) + by);
	}
}

function clamp(level: number): number {
	return level < 0 ? 0 : level > 255 ? 255 : level;
}

let grainTile: Int8Array | undefined;

/** Roughly normal, spread 32. */
function grain(): Int8Array {
	if (grainTile) return grainTile;
	const luck = random('grain');
	grainTile = Int8Array.from({ length: 1 << 18 }, () => (luck.next() + luck.next() + luck.next() - 1.5) * 64);
	return grainTile;
}

let queue: Promise<unknown> = Promise.resolve();

/** One picture is rendered at a time: several would only get in each other's way. */
function once(name: string, render: () => Promise<Buffer>): Promise<Buffer> {
	const known = underway.get(name);
	if (known) return known;
	const path = folder + name;
	const made = readFile(path).catch(() => {
		const turn = queue.then(async () => {
			const bytes = await render();
			await keep(path, bytes);
			return bytes;
		});
		queue = turn.catch(() => undefined);
		return turn;
	});
	underway.set(name, made);
	return made.finally(() => underway.delete(name));
}

/** Other processes may render the same picture at the same time: a half-written file must never be seen. */
async function keep(path: string, bytes: Buffer): Promise<void> {
	await mkdir(folder, { recursive: true });
	const draft = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
	await writeFile(draft, bytes);
	await rename(draft, path);
}
