import type { CsvApi } from '$lib/csv/contract';
import { csvHead, csvLines } from '$lib/csv/members-csv';

/** Makes one file, part by part. In the worker, or on the main thread where no worker may run. */
export function createCsvApi(): CsvApi {
	let parts = [csvHead()];
	return {
		append: (rows) => void parts.push(csvLines(rows)),
		finish: () => new Blob(parts, { type: 'text/csv;charset=utf-8' }),
		cancel: () => void (parts = []),
		ping: () => true,
	};
}
