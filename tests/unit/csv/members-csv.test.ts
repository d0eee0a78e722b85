import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExportRow } from '$lib/csv/contract';
import { exportRow } from '$lib/csv/export-row';
import { createCsvApi } from '$lib/csv/job/api';
import { exportFilename } from '$lib/csv/filename';
import { csvHead, csvLines } from '$lib/csv/members-csv';
import { isoDate } from '$lib/ui/iso-date';
import { has } from '../../unpackers/unpackers.ts';
import { readStrictly } from './csv-reader.ts';

const ada: ExportRow = {
	team: 'Marketing',
	email: 'ada@example.com',
	title: 'Engineer',
	status: 'finished',
	finishedAt: new Date(2026, 10, 2, 0, 30).getTime(),
	name: 'Ada Lovelace',
	actionedAt: new Date(2026, 10, 24, 23, 59).getTime(),
};

/** How a title stands in the file, read back. */
function titleOf(title: string): string | undefined {
	return readStrictly(csvLines([{ ...ada, title }]))[0]?.[2];
}

describe('the file', () => {
	test('given members of each status, it is this, byte for byte', async () => {
		const api = createCsvApi();
		api.append([ada]);
		api.append([
			{ ...ada, status: 'joined', finishedAt: null, actionedAt: null, title: null, name: 'Bo "B" Å' },
			{ ...ada, status: 'invited', team: null, finishedAt: null, actionedAt: null, title: null, name: null },
		]);
		expect(Buffer.from(await api.finish().arrayBuffer()).toString('utf8')).toBe(
			[
				'\ufeff"Team","Email","Title","Status","Finished date","Name","Actioned date"\r\n',
				'"Marketing","ada@example.com","Engineer","Finished","2026-11-02","Ada Lovelace","2026-11-24"\r\n',
				'"Marketing","ada@example.com","","Joined","","Bo ""B"" Å",""\r\n',
				'"","ada@example.com","","Invited","","",""\r\n',
			].join(''),
		);
	});

	test('it begins with the bytes of a UTF-8 byte order mark, once', async () => {
		const api = createCsvApi();
		api.append([ada]);
		const bytes = Buffer.from(await api.finish().arrayBuffer());
		expect([...bytes.subarray(0, 4)]).toEqual([0xef, 0xbb, 0xbf, 0x22]);
		expect(bytes.lastIndexOf('\ufeff')).toBe(0);
	});

	test('without members it has its titles, and that is all', async () => {
		expect(await createCsvApi().finish().text()).toBe(csvHead().slice(1));
	});

	test('a cancelled one forgets what it has, and any answers that it lives', async () => {
		const api = createCsvApi();
		api.append([ada]);
		api.cancel();
		expect(await api.finish().text()).not.toContain('Ada');
		expect(api.ping()).toBe(true);
	});

	test('it says what it is', () => {
		expect(createCsvApi().finish().type).toBe('text/csv;charset=utf-8');
	});

	test.each([
		['a comma', 'Head, of Sales'],
		['quotes', 'the "boss"'],
		['only a quote', '"'],
		['a line break', 'first\nsecond'],
		['CRLF', 'first\r\nsecond'],
		['spaces at the ends', ' Lead '],
		['a semicolon', 'a;b'],
		['every script', '漢字 · عربى · 👩🏽‍🚀'],
	])('given %s, it is read back as it was', (_, title) => {
		expect(titleOf(title)).toBe(title);
	});
});

describe('a cell that a spreadsheet would run gets a leading apostrophe', () => {
	test.each([
		['=', '=1+1'],
		['+', '+1+1'],
		['-', '-1+1'],
		['@', '@SUM(A1)'],
		['tab', '\tx'],
		['CR', '\rx'],
		['LF', '\nx'],
		['NUL', '\0x'],
		['full-width =', '＝1+1'],
		['full-width +', '＋1+1'],
		['full-width -', '－1+1'],
		['full-width @', '＠SUM(A1)'],
		['a formula with a line break behind it', '=1+1\nnote'],
		['a formula behind spaces', '   =1+1'],
		['a formula behind a no-break space', '\u00a0=1+1'],
		['a formula behind an ideographic space', '\u3000=1+1'],
		['a formula behind a zero-width space', '\u200b=1+1'],
		['a formula behind a byte order mark', '\ufeff=1+1'],
		['a formula behind a bidi override', '\u202e=1+1'],
		['a formula behind a soft hyphen', '\u00ad=1+1'],
		['a formula behind a Hangul filler', '\u3164=1+1'],
		['a tab behind spaces', '  \tx'],
		['a minus and nothing more', '-'],
	])('%s', (_, title) => {
		expect(titleOf(title)).toBe(`'${title}`);
	});

	test('in every column that holds a text', () => {
		const evil = '=cmd|’/c calc’!A1';
		const row = { ...ada, team: evil, email: '+x@example.com', title: evil, name: evil };
		const [team, email, title, , , name] = readStrictly(csvLines([row]))[0] ?? [];
		expect([team, email, title, name]).toEqual([`'${evil}`, "'+x@example.com", `'${evil}`, `'${evil}`]);
	});

	test('once for each line break or separator that a formula hides behind', () => {
		expect(titleOf('x\n=1+1')).toBe("x\n'=1+1");
		expect(titleOf('x;=1+1;y')).toBe("x;'=1+1;y");
		expect(titleOf('x;"=1+1"')).toBe('x;\'"=1+1"');
		expect(titleOf('x\t @SUM(A1)')).toBe("x\t' @SUM(A1)");
		expect(titleOf('\r\n=1+1')).toBe("'\r\n'=1+1");
	});

	test.each(['Ada', '1+1', 'a=b', 'me@example.com', "'=1+1", 'Jean-Luc', 'C++', 'x, =y'])(
		'not %j, which is none',
		(title) => expect(titleOf(title)).toBe(title),
	);
});

/** Texts made of what spreadsheets, readers and Unicode trip over. Without apostrophes: those are the guard's. */
const hostile = fc.string({
	unit: fc.oneof(
		fc.constantFrom(...'=+-@\t\r\n\0＝＋－＠";,|  \u00a0\u200b\u200d\ufeff\u2028\u202e\u3164x1(A'),
		fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter((unit) => unit !== "'"),
	),
	maxLength: 12,
});
const cell = fc.option(hostile);
const rows = fc.array(
	fc.record<ExportRow>({
		team: cell,
		email: cell,
		title: cell,
		name: cell,
		status: fc.constantFrom('finished', 'joined', 'invited'),
		finishedAt: fc.option(fc.integer()),
		actionedAt: fc.option(fc.double()),
	}),
	{ maxLength: 6 },
);

/** Said on its own: whether the first character that a person sees would start a formula. */
function runs(cell: string): boolean {
	const unseen = /^[\p{Z}\p{Cc}\p{Cf}\u115f\u1160\u3164\uffa0\p{Variation_Selector}]$/u;
	const visible = [...cell].find((char) => !unseen.test(char));
	return visible !== undefined && '=+-@＝＋－＠'.includes(visible);
}

describe('whatever the rows hold', () => {
	test('a strict reader gives them back, but for guarding apostrophes', () => {
		fc.assert(
			fc.property(rows, (given) => {
				const read = readStrictly(csvLines(given));
				const texts = read.map((fields) => fields.map((field) => field.replaceAll("'", '')));
				expect(texts).toEqual(
					given.map(({ team, email, title, status, finishedAt, name, actionedAt }) => [
						team ?? '',
						email ?? '',
						title ?? '',
						{ finished: 'Finished', joined: 'Joined', invited: 'Invited' }[status],
						finishedAt === null ? '' : isoDate(finishedAt),
						name ?? '',
						actionedAt === null ? '' : isoDate(actionedAt),
					]),
				);
			}),
			{ numRuns: 500 },
		);
	});

	test.each([
		['commas', /(?!)/u],
		['semicolons, tabs and line breaks, with no respect for quotes', /[;\t\r\n]/u],
	])('no cell is a formula for a program that splits at %s', (_, separator) => {
		fc.assert(
			fc.property(rows, (given) => {
				const fields = readStrictly(csvLines(given)).flat();
				expect(fields.flatMap((field) => field.split(separator)).filter(runs)).toEqual([]);
			}),
			{ numRuns: 500 },
		);
	});

	test.skipIf(!has('python3'))('Python reads what was written', () => {
		const sample = fc.sample(rows, { numRuns: 100, seed: 7 }).flat();
		const csv = csvHead() + csvLines(sample);
		const code = [
			'import csv, io, json, sys',
			'text = sys.stdin.buffer.read().decode("utf-8-sig")',
			'json.dump(list(csv.reader(io.StringIO(text, newline=""), strict=True)), sys.stdout)',
		].join('\n');
		const read = execFileSync('python3', ['-c', code], { input: csv, encoding: 'utf8', maxBuffer: 1e8 });
		// On its way to Python half a surrogate pair becomes a replacement character.
		expect(JSON.parse(read)).toEqual(readStrictly(Buffer.from(csv.slice(1), 'utf8').toString('utf8')));
	});
});

test('a date is the day of the admin’s own calendar, and empty for a time that no calendar has', () => {
	const late = new Date(2026, 0, 9, 23, 59).getTime();
	expect([isoDate(late), exportFilename(late)]).toEqual(['2026-01-09', 'members-2026-01-09.csv']);
	expect([isoDate(NaN), isoDate(Infinity), isoDate(9e15)]).toEqual(['', '', '']);
});

test('a member becomes a row', () => {
	const person = {
		key: 'm1',
		status: 'finished',
		email: 'ada@example.com',
		name: 'Ada',
		title: null,
		team: { id: 't1', name: 'Marketing' },
		finishedAt: 1,
		shootIds: ['s1'],
	} as const;
	expect(exportRow({ ...person, shootIds: ['s1'] }, 2)).toEqual({
		team: 'Marketing',
		email: 'ada@example.com',
		title: null,
		status: 'finished',
		finishedAt: 1,
		name: 'Ada',
		actionedAt: 2,
	});
	expect(exportRow({ ...person, team: null, shootIds: [] }, null)).toMatchObject({
		team: null,
		actionedAt: null,
	});
});
