/** What component tests ask of Node: `commands` of `vitest/browser`. */

import sharp, { type Sharp } from 'sharp';
import type { BrowserCommand } from 'vitest/node';
import { portrait, profilePicture } from '../backend/pictures.ts';

type Format = 'jpeg' | 'png' | 'webp';

/** A profile picture as a backend may render it, and what another program makes of it. */
export interface PictureCase {
	format: Format;
	width: number;
	height: number;
}

export interface RenderedPicture {
	/** Base64 of the file. */
	source: string;
	/** Base64 of sharp's own rendering in 600 × 600 px: RGBA, 8 bits each, not premultiplied. */
	expected: string;
}

const renderPicture: BrowserCommand<[PictureCase]> = async (_, picture): Promise<RenderedPicture> => {
	const source = await sourceOf(picture);
	const square = (image: Sharp, side: number) =>
		image.resize(side, side, { fit: 'cover', position: 'centre', kernel: 'lanczos3' });
	// What sharp enlarges it puts half a pixel beside its place: of a picture made too large that is next to nothing.
	const large = square(sharp(source).autoOrient(), 2400).png({ compressionLevel: 0 });
	const isSmaller = Math.min(picture.width, picture.height) < 600;
	const expected = await square(isSmaller ? sharp(await large.toBuffer()) : sharp(source).autoOrient(), 600)
		.toColorspace('srgb')
		.ensureAlpha()
		.raw()
		.toBuffer();
	return { source: source.toString('base64'), expected: expected.toString('base64') };
};

/** PNG and WebP are a circle with transparency around it. One that isn't square has the face in its middle. */
async function sourceOf({ format, width, height }: PictureCase): Promise<Buffer> {
	const side = Math.max(width, height);
	const drawn = await profilePicture(3, 1, side, format);
	if (width === height) return drawn;
	const cut = sharp(drawn).extract({
		left: Math.floor((side - width) / 2),
		top: Math.floor((side - height) / 2),
		width,
		height,
	});
	return cut.toFormat(format, { quality: 90 }).toBuffer();
}

/** Base64 of a headshot as a backend has it, 1920 × 2400 px with film grain: megabytes. */
const renderHeadshot: BrowserCommand<[]> = async (): Promise<string> =>
	(await portrait(3, 1, 'large')).toString('base64');

/** What another program finds in a file. */
export interface InspectedPicture {
	format: string;
	width: number;
	height: number;
	hasAlpha: boolean;
	/** Bytes. */
	size: number;
	/** Of the upper left corner, 0 to 255. */
	corner: number[];
}

/** Decodes the whole file: what is damaged rejects. */
const inspectPicture: BrowserCommand<[base64: string]> = async (_, base64): Promise<InspectedPicture> => {
	const bytes = Buffer.from(base64, 'base64');
	const { format, width, height, hasAlpha } = await sharp(bytes).metadata();
	const corner = await sharp(bytes, { failOn: 'warning' })
		.extract({ left: 0, top: 0, width: 1, height: 1 })
		.raw()
		.toBuffer();
	await sharp(bytes, { failOn: 'warning' }).stats();
	return { format, width, height, hasAlpha, size: bytes.length, corner: [...corner] };
};

export const commands = { renderPicture, renderHeadshot, inspectPicture };

declare module 'vitest/browser' {
	interface BrowserCommands {
		renderPicture(picture: PictureCase): Promise<RenderedPicture>;
		renderHeadshot(): Promise<string>;
		inspectPicture(base64: string): Promise<InspectedPicture>;
	}
}
