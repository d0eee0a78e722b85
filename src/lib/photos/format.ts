/**
 * What kind of photo some bytes are, and whether they are all there. Pure. Needed because a server may send a
 * sign-in page as `image/jpeg`, and because a connection that is cut without a length makes `fetch` resolve short.
 */

export type PhotoFormat = 'jpeg' | 'png' | 'webp';

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** The format by its first bytes, whatever a header says; `null` for everything else (SVG and HTML among it). */
export function detectFormat(bytes: Uint8Array): PhotoFormat | null {
	if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg';
	if (PNG_SIGNATURE.every((byte, index) => bytes[index] === byte)) return 'png';
	if (ascii(bytes, 0) === 'RIFF' && ascii(bytes, 8) === 'WEBP') return 'webp';
	return null;
}

/**
 * Whether the picture goes on to its own end: JPEG's EOI, PNG's IEND, WebP's RIFF size. Each format is walked from
 * part to part, so that the end of an embedded thumbnail isn't taken for the picture's. What follows the end is
 * ignored, as decoders do: cameras pad with zeros or append previews and depth maps.
 */
export function isComplete(format: PhotoFormat, bytes: Uint8Array): boolean {
	if (detectFormat(bytes) !== format) return false;
	switch (format) {
		case 'jpeg':
			return reachesEndOfImage(bytes);
		case 'png':
			return reachesEndChunk(bytes);
		case 'webp':
			return fillsRiff(bytes);
	}
}

/**
 * ITU-T T.81, annex B.1.1: a marker is 0xFF and a byte; most carry a length of two bytes, which counts itself. In a
 * scan 0xFF00 is data and RST0 to RST7 belong to it; any other marker ends it.
 */
function reachesEndOfImage(bytes: Uint8Array): boolean {
	const [STUFFED, TEM, FIRST_RST, LAST_RST, EOI, SOS, FILL] = [0x00, 0x01, 0xd0, 0xd7, 0xd9, 0xda, 0xff];
	let hasScan = false;
	let at = 2;
	for (;;) {
		// Skips a scan's data, and stray bytes between segments, as libjpeg does.
		at = bytes.indexOf(0xff, at);
		const marker = bytes[at + 1];
		if (at < 0 || marker === undefined) return false;
		if (marker === FILL) {
			at += 1;
		} else if (marker === STUFFED || marker === TEM || (marker >= FIRST_RST && marker <= LAST_RST)) {
			at += 2;
		} else if (marker === EOI) {
			return hasScan;
		} else {
			hasScan ||= marker === SOS;
			// A length that is cut off counts as 0, and then there is no further marker either.
			at += 2 + uint16(bytes, at + 2);
		}
	}
}

/** https://www.w3.org/TR/png-3/#5Chunk-layout: length of the data, four letters, data, CRC of four bytes. */
function reachesEndChunk(bytes: Uint8Array): boolean {
	let hasData = false;
	for (let at = PNG_SIGNATURE.length; at + 12 <= bytes.length;) {
		const end = at + 12 + uint32(bytes, at);
		const type = ascii(bytes, at + 4);
		if (type === 'IEND') return hasData && end <= bytes.length;
		hasData ||= type === 'IDAT';
		at = end;
	}
	return false;
}

/** RFC 9649, section 2.3: the size at byte 4 counts everything after itself; odd chunks are padded to even. */
function fillsRiff(bytes: Uint8Array): boolean {
	const size = uint32(bytes, 4, 'little');
	const hasPicture = ['VP8 ', 'VP8L', 'VP8X'].includes(ascii(bytes, 12));
	return hasPicture && size >= 'WEBP'.length + 8 && 8 + size <= bytes.length;
}

function ascii(bytes: Uint8Array, at: number): string {
	return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function uint16(bytes: Uint8Array, at: number): number {
	return (bytes[at] ?? 0) * 0x100 + (bytes[at + 1] ?? 0);
}

function uint32(bytes: Uint8Array, at: number, order: 'big' | 'little' = 'big'): number {
	const [first, last] = [uint16(bytes, at), uint16(bytes, at + 2)];
	if (order === 'big') return first * 0x1_0000 + last;
	return swap(last) * 0x1_0000 + swap(first);
}

function swap(value: number): number {
	return ((value & 0xff) << 8) | (value >> 8);
}
