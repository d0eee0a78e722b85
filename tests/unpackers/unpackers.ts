import { execFileSync } from 'node:child_process';
import { openAsBlob } from 'node:fs';
import { BlobReader, ZipReader, type FileEntry } from '@zip.js/zip.js';

/** Something that isn't ours and reads ZIP files. */
export interface Unpacker {
	name: string;
	/** Reads every byte with its CRC-32. @returns the sorted paths. @throws when something is not in order */
	list(file: string): Promise<string[]>;
}

// A UTF-8 locale, or bsdtar and unzip print escapes for what they read rightly.
const env = { ...process.env, LC_ALL: 'C.UTF-8' };

/** Runs a program. @returns what it prints. @throws when it fails */
export function run(command: string, ...args: string[]): string {
	return execFileSync(command, args, {
		encoding: 'utf8',
		env,
		maxBuffer: 100e6,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
}

function isInstalled(command: string, ...args: string[]): boolean {
	try {
		execFileSync(command, args, { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

const PYTHON_LIST = `
import json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
print(json.dumps([[i.filename, i.file_size, i.CRC] for i in archive.infolist()]))`;

/** Name, size and CRC-32 of each file, as Python sees them. */
export function listByPython(file: string): [string, number, number][] {
	return JSON.parse(run('python3', '-X', 'utf8', '-c', PYTHON_LIST, file)) as [string, number, number][];
}

/** How to ask whether a program is there, and what it makes of an archive. */
const known: Record<string, { asked: string; list: (file: string) => string[] }> = {
	python3: { asked: '--version', list: (file) => listByPython(file).map(([path]) => path) },
	unzip: {
		asked: '-v',
		list(file) {
			const complaint = run('unzip', '-tqq', file);
			if (complaint !== '') throw new Error(complaint);
			return lines(run('unzip', '-Z1', file));
		},
	},
	'7z': {
		asked: 'i',
		list(file) {
			const answer = run('7z', 't', file);
			if (!answer.includes('Everything is Ok') || /warning/i.test(answer)) throw new Error(answer);
			return lines(run('7z', 'l', '-slt', '-ba', file)).flatMap(
				(line) => /^Path = (.*)$/.exec(line)?.[1] ?? [],
			);
		},
	},
	bsdtar: {
		asked: '--version',
		list(file) {
			// -t reads the directory only.
			execFileSync('bsdtar', ['-xOf', file], { env, stdio: ['ignore', 'ignore', 'pipe'] });
			return lines(run('bsdtar', '-tf', file));
		},
	},
};

/** Those programs that this machine has. */
export const programs: Unpacker[] = Object.entries(known)
	.filter(([name, { asked }]) => isInstalled(name, asked))
	.map(([name, { list }]) => ({ name, list: async (file) => list(file).sort() }));

/** The one that needs nothing but npm. */
const zipJs: Unpacker = {
	name: 'zip.js',
	async list(file) {
		const reader = new ZipReader(new BlobReader(await openAsBlob(file)), { useWebWorkers: false });
		try {
			const entries = (await reader.getEntries()) as FileEntry[];
			for (const entry of entries) await entry.getData(new WritableStream(), { checkSignature: true });
			return entries.map(({ filename }) => filename).sort();
		} finally {
			await reader.close();
		}
	},
};

export const unpackers: Unpacker[] = [...programs, zipJs];

export function has(name: string): boolean {
	return programs.some((program) => program.name === name);
}

function lines(text: string): string[] {
	return text.split(/\r?\n/).filter(Boolean);
}
