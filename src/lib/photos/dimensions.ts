/**
 * A picture's size in px out of its header, as it is stored: a JPEG may ask in its EXIF to be shown turned. Pure.
 * `null` for what is neither JPEG nor PNG, or ends too early.
 */
export function dimensionsOf(bytes: Uint8Array): { width: number; height: number } | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (bytes[0] === 0xff && bytes[1] === 0xd8) return ofJpeg(view);
	if (bytes[0] === 0x89 && bytes[1] === 0x50) return ofPng(view);
	return null;
}

/** https://www.w3.org/TR/png-3/#11IHDR: the first chunk; width and height at bytes 16 and 20. */
function ofPng(view: DataView): { width: number; height: number } | null {
	const IHDR = 0x49484452;
	if (view.byteLength < 24 || view.getUint32(12) !== IHDR) return null;
	return { width: view.getUint32(16), height: view.getUint32(20) };
}

/**
 * ITU-T T.81, annex B.2.2: the frame header SOFn holds length, precision, height and width. C4, C8 and CC among its
 * markers are something else; any other segment is skipped by its length.
 */
function ofJpeg(view: DataView): { width: number; height: number } | null {
	const [FILL, TEM, FIRST_RST, SOI, SOS] = [0xff, 0x01, 0xd0, 0xd8, 0xda];
	for (let at = 2; at + 9 <= view.byteLength;) {
		if (view.getUint8(at) !== 0xff) {
			at += 1;
			continue;
		}
		const marker = view.getUint8(at + 1);
		if (marker === FILL) {
			at += 1;
		} else if (marker === TEM || (marker >= FIRST_RST && marker <= SOI)) {
			at += 2;
		} else if (isFrame(marker)) {
			return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
		} else if (marker === SOS) {
			return null;
		} else {
			at += 2 + view.getUint16(at + 2);
		}
	}
	return null;
}

function isFrame(marker: number): boolean {
	return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}
