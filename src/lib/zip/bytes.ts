export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
	return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Beyond what a number holds exactly it is off, but so large that it fails every comparison. */
export function readUint64(view: DataView, at: number): number {
	return Number(view.getBigUint64(at, true));
}

export function viewOf(bytes: Uint8Array): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
