import type { Person } from '$lib/members/member';
import type { ExportRow } from './contract';

/**
 * A member as a row of the export.
 * @param actionedAt when they were marked as actioned, in ms since the epoch; `null` when they weren't
 */
export function exportRow(person: Person, actionedAt: number | null): ExportRow {
	const { team, email, title, status, finishedAt, name } = person;
	return { team: team?.name ?? null, email, title, status, finishedAt, name, actionedAt };
}
