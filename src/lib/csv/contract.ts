/**
 * What crosses the worker's boundary in an export: plain, cloneable data. Imports nothing.
 */

/** One member, as the export needs them. `null` becomes an empty field. */
export interface ExportRow {
	team: string | null;
	email: string | null;
	title: string | null;
	status: 'finished' | 'joined' | 'invited';
	/** ms since the epoch */
	finishedAt: number | null;
	name: string | null;
	/** ms since the epoch */
	actionedAt: number | null;
}

/** What the worker offers: one file in its life. */
export interface CsvApi {
	/** Adds rows to the file. */
	append(rows: ExportRow[]): void;
	/** @returns the whole file */
	finish(): Blob;
	/** Forgets what it has. */
	cancel(): void;
	/** Answers, so that the page knows that the worker lives. */
	ping(): true;
}
