import sharp, { type Sharp } from 'sharp';

/** What another program makes of a square picture: RGBA of `side` × `side` px, not premultiplied. */
export function pixelsOf(picture: Buffer | Sharp, side: number): Promise<Buffer> {
	const image = Buffer.isBuffer(picture) ? sharp(picture) : picture;
	return image.resize(side, side, { kernel: 'lanczos3' }).ensureAlpha().raw().toBuffer();
}

/**
 * How far two pictures are apart, in levels of 256: the mean over all pixels, of the channel that differs most; red,
 * green and blue premultiplied, so that the color of what can't be seen doesn't count.
 */
export function difference(one: Buffer, other: Buffer): number {
	const sums = [0, 0, 0, 0];
	for (let at = 0; at < one.length; at += 4) {
		const [alpha, otherAlpha] = [one[at + 3]! / 255, other[at + 3]! / 255];
		for (let channel = 0; channel < 3; channel++) {
			sums[channel]! += Math.abs(one[at + channel]! * alpha - other[at + channel]! * otherAlpha);
		}
		sums[3]! += Math.abs(alpha - otherAlpha) * 255;
	}
	return Math.max(...sums) / (one.length / 4);
}
