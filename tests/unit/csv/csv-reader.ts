/**
 * Reads a CSV file strictly by RFC 4180, and more strictly: every field quoted, CRLF after every line.
 * @throws where the file departs from it
 */
export function readStrictly(csv: string): string[][] {
	const records: string[][] = [];
	let record: string[] = [];
	let at = 0;
	const expectNext = (what: string) => {
		if (!csv.startsWith(what, at))
			throw new Error(`${JSON.stringify(what)} expected at ${at}: ${JSON.stringify(csv.slice(at, at + 20))}`);
		at += what.length;
	};
	while (at < csv.length) {
		expectNext('"');
		let field = '';
		for (;;) {
			const quote = csv.indexOf('"', at);
			if (quote === -1) throw new Error('A field has no end.');
			field += csv.slice(at, quote);
			at = quote + 1;
			if (csv[at] !== '"') break;
			field += '"';
			at += 1;
		}
		record.push(field);
		if (csv[at] === ',') {
			at += 1;
			continue;
		}
		expectNext('\r\n');
		records.push(record);
		record = [];
	}
	return records;
}
