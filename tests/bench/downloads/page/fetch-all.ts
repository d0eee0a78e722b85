/** A photo of the bench's host, and its place in the archive. */
export interface Wanted {
	url: string;
	path: string;
}

/** As many as a browser opens to one host, and as the product fetches. */
const AT_ONCE = 6;

/** Fetches all, six at a time, and hands each over as it comes, one after another: who is slow slows the fetching down. */
export async function fetchAll(
	photos: readonly Wanted[],
	take: (path: string, bytes: Uint8Array<ArrayBuffer>) => void | Promise<void>,
): Promise<void> {
	const queue = photos.values();
	let turn: Promise<void> = Promise.resolve();
	async function lane(): Promise<void> {
		for (const { url, path } of queue) {
			const response = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer' });
			if (!response.ok) throw new Error(`Status ${response.status}`);
			const bytes = new Uint8Array(await response.arrayBuffer());
			turn = turn.then(() => take(path, bytes));
			await turn;
		}
	}
	await Promise.all(Array.from({ length: AT_ONCE }, lane));
}
