import { dimensionsOf } from '$lib/photos/dimensions';

/** What the index tells about a file; plain data, so that a journal can keep it for a job that goes on later. */
export interface FileFacts {
	/** px, as stored; `null` when its header doesn't tell. */
	width: number | null;
	height: number | null;
	bytes: number;
	/** Hex; empty where the browser makes none: it does over https, or http on loopback. */
	sha256: string;
}

/** What came of a planned file. `reason` is a sentence for the person. */
export type FileResult = { kind: 'saved'; facts: FileFacts } | { kind: 'failed'; reason: string };

export async function factsOf(bytes: Uint8Array): Promise<FileFacts> {
	const subtle = crypto.subtle as SubtleCrypto | undefined;
	// No file is in shared memory, which a digest would refuse.
	const digest = await subtle?.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
	const size = dimensionsOf(bytes);
	return {
		width: size?.width ?? null,
		height: size?.height ?? null,
		bytes: bytes.length,
		sha256: [...new Uint8Array(digest ?? [])].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
	};
}
