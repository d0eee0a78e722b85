import type { FileFailure } from '$lib/download/contract';

/** "team-photos-2026-11-24.zip" → "team-photos-2026-11-24 - failed.csv" */
export function failuresFilename(archive: string): string {
	return `${archive.replace(/\.zip$/i, '')} - failed.csv`;
}

/** A CSV with a line for each file that failed, for whoever looks after them. */
export async function failuresFile(failures: readonly FileFailure[]): Promise<Blob> {
	// Loaded when it is asked for: most downloads have none.
	const { toCsv } = await import('$lib/table/csv');
	const rows = failures.map(({ member, email, file, reason }) => [member, email ?? '', file, reason]);
	return new Blob([toCsv(['Member', 'Email', 'File', 'Reason'], rows)], { type: 'text/csv' });
}
