/** Puts an id, and padding, into a picture's bytes where decoders skip them: the file stays valid and becomes one of a kind. */

import { createCipheriv, createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { PictureFormat } from './company.ts';

/** @param size pad the file to about this many bytes (JPEG only); a larger file stays as it is */
export function stamp(bytes: Buffer, format: PictureFormat, id: string, size = 0): Buffer {
	return stampers[format](bytes, id, size);
}

const stampers: Record<PictureFormat, (bytes: Buffer, id: string, size: number) => Buffer> = {
	jpeg(bytes, id, size) {
		const head = afterAppSegments(bytes);
		const room = Math.max(0, size - bytes.length - id.length - 4);
		return Buffer.concat([
			bytes.subarray(0, head),
			jpegSegment(0xfe, Buffer.from(id)),
			...padding(id, room),
			bytes.subarray(head),
		]);
	},
	png(bytes, id) {
		const afterHeader = 8 + 25;
		const chunk = pngChunk('tEXt', Buffer.from(`Comment\0${id}`, 'latin1'));
		return Buffer.concat([bytes.subarray(0, afterHeader), chunk, bytes.subarray(afterHeader)]);
	},
	webp(bytes, id) {
		const text = Buffer.from(id.length % 2 ? `${id} ` : id);
		const head = Buffer.from('HPID\0\0\0\0', 'latin1');
		head.writeUInt32LE(text.length, 4);
		const whole = Buffer.concat([bytes, head, text]);
		whole.writeUInt32LE(whole.length - 8, 4);
		return whole;
	},
};

/** Where the leading APP0 (JFIF) and APP1 (EXIF) segments end: readers expect those first. */
function afterAppSegments(bytes: Buffer): number {
	let at = 2;
	while (bytes[at] === 0xff && (bytes[at + 1] === 0xe0 || bytes[at + 1] === 0xe1)) {
		at += 2 + bytes.readUInt16BE(at + 2);
	}
	return at;
}

const segmentLimit = 0xffff - 2;

function jpegSegment(marker: number, content: Buffer): Buffer {
	const head = Buffer.from([0xff, marker, 0, 0]);
	head.writeUInt16BE(content.length + 2, 2);
	return Buffer.concat([head, content]);
}

/** APP9 segments of noise that follows from the id, so that no compressor shortens it. */
function padding(id: string, size: number): Buffer[] {
	const key = createHash('sha256').update(id).digest();
	const noise = createCipheriv('aes-128-ctr', key.subarray(0, 16), key.subarray(16)).update(
		Buffer.alloc(size),
	);
	const segments: Buffer[] = [];
	for (let at = 0; at < size; at += segmentLimit) {
		segments.push(jpegSegment(0xe9, noise.subarray(at, Math.min(size, at + segmentLimit))));
	}
	return segments;
}

function pngChunk(type: string, content: Buffer): Buffer {
	const chunk = Buffer.alloc(content.length + 12);
	chunk.writeUInt32BE(content.length, 0);
	chunk.write(type, 4, 'latin1');
	content.copy(chunk, 8);
	chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
	return chunk;
}
