/** Notes what an event of the element brought, for the test to look at. */
export function hear(detail: unknown): void {
	const page = window as unknown as { heard?: unknown[] };
	(page.heard ??= []).push(detail);
}
