import { execFileSync } from 'node:child_process';

/** A program of the system that tests an archive and lists the paths in it. */
export interface Unpacker {
	name: string;
	/** Tests every CRC-32, and returns the sorted paths. Throws when the program complains. */
	list(file: string): string[];
}

const all: Unpacker[] = [
	{
		name: 'python',
		list: (file) => {
			const script = `
import sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
print("\\n".join(archive.namelist()))`;
			return lines(run('python3', ['-X', 'utf8', '-c', script, file]));
		},
	},
	{
		name: 'unzip',
		list: (file) => {
			run('unzip', ['-tqq', file]);
			return lines(run('unzip', ['-Z1', file]));
		},
	},
	{
		name: '7z',
		list: (file) => {
			run('7z', ['t', file]);
			const listed = run('7z', ['l', '-slt', '-ba', file]);
			return lines(listed.replace(/^(?!Path = ).*$/gm, '').replace(/^Path = /gm, ''));
		},
	},
	{
		name: 'bsdtar',
		list: (file) => lines(run('bsdtar', ['-tf', file])),
	},
];

/** Those that this machine has. */
export function unpackers(): Unpacker[] {
	return all.filter(({ name }) => {
		try {
			run(name === 'python' ? 'python3' : name, [
				name === 'unzip' ? '-v' : name === '7z' ? 'i' : '--version',
			]);
			return true;
		} catch {
			return false;
		}
	});
}

function run(program: string, args: string[]): string {
	return execFileSync(program, args, {
		encoding: 'utf8',
		maxBuffer: 64 * 1024 * 1024,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, LC_ALL: 'C.UTF-8' },
	});
}

function lines(text: string): string[] {
	return text.split(/\r?\n/).filter(Boolean).sort();
}
