export type Tools = typeof import('./work');

/** What does the work, loaded when it is first needed; `null` when it can't be had. */
export async function loadTools(): Promise<Tools | null> {
	try {
		return await import('./work');
	} catch (error) {
		console.error(error);
		return null;
	}
}
