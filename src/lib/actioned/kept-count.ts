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

export function keepCount(organization: string, count: number): void {
	remember(key(organization), String(count));
}

/** Before an undo is written: a tab that looks in between must not take it for a loss. */
export function lowerCount(organization: string, by: number): void {
	const kept = keptCount(organization);
	if (kept !== null && by > 0) keepCount(organization, Math.max(0, kept - by));
}
