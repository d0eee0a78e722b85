import { execFileSync } from 'node:child_process';

/** Other programs that read ZIP files. Which of them are on this machine differs. */

/** Returns what the program prints; throws when it fails. */
export function run(command: string, ...args: string[]): string {
	return execFileSync(command, args, { encoding: 'utf8', env, maxBuffer: 100e6 });
}

function isInstalled(command: string, ...args: string[]): boolean {
	try {
		execFileSync(command, args, { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

// A UTF-8 locale, or bsdtar and unzip print escapes for what they read rightly.
const env = { ...process.env, LC_ALL: 'C.UTF-8' };

const script = [
	'import json, sys, zipfile',
	'z = zipfile.ZipFile(sys.argv[1])',
	'assert z.testzip() is None',
	'print(json.dumps([[i.filename, i.file_size, i.CRC] for i in z.infolist()]) if len(sys.argv) > 2 else "")',
].join('\n');

/** Each reads a whole archive, every byte with its CRC-32, and throws when it is not in order. */
export const readers = new Map<string, (zip: string) => void>();

if (isInstalled('unzip', '-v')) {
	readers.set('unzip', (zip) => {
		const answer = run('unzip', '-tqq', zip);
		if (answer !== '') throw new Error(answer);
	});
}
if (isInstalled('7z', 'i')) {
	readers.set('7z', (zip) => {
		const answer = run('7z', 't', zip);
		if (!answer.includes('Everything is Ok') || /warning/i.test(answer)) throw new Error(answer);
	});
}
if (isInstalled('bsdtar', '--version')) {
	readers.set('bsdtar', (zip) => {
		// -t reads the directory only.
		execFileSync('bsdtar', ['-xOf', zip], { env, stdio: ['ignore', 'ignore', 'pipe'] });
	});
}
export const hasPython = isInstalled('python3', '--version');
if (hasPython) readers.set('python3', (zip) => run('python3', '-c', script, zip));

/** Name, size and CRC-32 of each file, as Python sees them. */
export function listByPython(zip: string): [string, number, number][] {
	return JSON.parse(run('python3', '-c', script, zip, 'list')) as [string, number, number][];
}
