import { recall, remember } from '$lib/storage/local';

/*
 * How many shoots of an organization are actioned, kept apart from the database, so that a database that comes back
 * emptier is noticed.
 */

const key = (organization: string) => `headshot-admin:markers:${organization}`;

/** `null` when nobody knows. */
export function keptCount(organization: string): number | null {
	const value = recall(key(organization));
	return value !== null && /^\d{1,9}$/.test(value) ? Number(value) : null;
}

/** @param count actioned shoots, without the undone ones */
export function keepCount(organization: string, count: number): void {
	remember(key(organization), String(count));
}
