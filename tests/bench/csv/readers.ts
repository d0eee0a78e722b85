import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import JSZip from 'jszip';
import type { ExpectedRow } from './hostile.ts';

function run(program: string, args: string[]): string {
	return execFileSync(program, args, {
		encoding: 'utf8',
		maxBuffer: 64 * 1024 * 1024,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, LC_ALL: 'C.UTF-8' },
	});
}

/** The first of them that this machine has, and what it says of its version. */
function find(programs: string[]): { program: string; version: string } | null {
	for (const program of programs) {
		try {
			return { program, version: run(program, ['--version']).trim() };
		} catch {
			// The next one.
		}
	}
	return null;
}

const script = fileURLToPath(new URL('./read.py', import.meta.url));

export interface PythonReading {
	version: string;
	head: string[];
	rows: number;
	/** How many cells a row has. */
	widths: number[];
	/** Cells that begin as a formula does. */
	live: number;
	/** E-mails, names and titles are those of the members. */
	same: boolean;
}

/** What Python's csv finds in the file; `null` where there is no Python. */
export async function readByPython(file: string, expected: ExpectedRow[]): Promise<PythonReading | null> {
	const python = find(['python3']);
	if (!python) return null;
	const list = `${file}.expected.json`;
	await writeFile(list, JSON.stringify(expected));
	try {
		const said = run(python.program, ['-X', 'utf8', script, file, list]);
		return { version: python.version, ...(JSON.parse(said) as Omit<PythonReading, 'version'>) };
	} finally {
		await rm(list);
	}
}

export interface SheetReading {
	version: string;
	/** Cells that the spreadsheet program takes for formulas, by the separators that it splits at. */
	formulas: Record<string, number>;
	/** The same of one cell that is a formula: 0 would mean that nothing is proven. */
	control: number;
}

/** By the token of LibreOffice's filter: https://help.libreoffice.org/latest/en-US/text/shared/guide/csv_params.html */
const separators = { comma: '44', 'semicolon or tab': '59/9' };

/** What LibreOffice finds in the file; `null` where there is none. */
export async function readBySpreadsheet(file: string): Promise<SheetReading | null> {
	const office = find(['soffice', 'libreoffice']);
	if (!office) return null;
	const folder = await mkdtemp(join(tmpdir(), 'headshots-sheet-'));
	const count = async (csv: string, separator: string): Promise<number> => {
		run(office.program, [
			`-env:UserInstallation=file://${folder}/profile`,
			'--headless',
			`--infilter=CSV:${separator},34,76,1`,
			...['--convert-to', 'xlsx', '--outdir', folder, csv],
		]);
		const book = await readFile(join(folder, basename(csv).replace(/\.csv$/, '.xlsx')));
		const zip = await JSZip.loadAsync(book);
		const sheet = (await zip.file('xl/worksheets/sheet1.xml')?.async('string')) ?? '';
		if (!sheet.includes('<row ')) throw new Error('LibreOffice has read no row.');
		return sheet.match(/<f[ >]/g)?.length ?? 0;
	};
	try {
		const control = join(folder, 'control.csv');
		await writeFile(control, '"Name"\r\n"=1+1"\r\n');
		const formulas: Record<string, number> = {};
		for (const [name, separator] of Object.entries(separators)) formulas[name] = await count(file, separator);
		return { version: office.version, formulas, control: await count(control, separators.comma) };
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
