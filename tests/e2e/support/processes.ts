import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

interface Process {
	id: number;
	parent: number;
	/** Bytes of memory that it holds. */
	memory: number;
	command: string;
}

/** Stops all pages of this test's browser, as a machine that sleeps does. @returns what wakes them */
export function sendPagesToSleep(): () => void {
	const pages = pageProcesses();
	for (const id of pages) process.kill(id, 'SIGSTOP');
	return () => {
		for (const id of pages) process.kill(id, 'SIGCONT');
	};
}

/** Ends all pages of this test's browser at once, with their workers; nobody says goodbye. */
export function killPages(): void {
	for (const id of pageProcesses()) process.kill(id, 'SIGKILL');
}

/** What this test's browser holds in memory, in bytes. */
export function browserMemory(): number {
	return browserProcesses().reduce((sum, { memory }) => sum + memory, 0);
}

function pageProcesses(): number[] {
	const pages = browserProcesses().filter(({ command }) => command.includes('--type=renderer'));
	if (pages.length === 0) throw new Error('No page of the browser was found.');
	return pages.map(({ id }) => id);
}

/** A Playwright worker starts the browser itself. */
function browserProcesses(): Process[] {
	const all = existsSync('/proc/self/status') ? fromProc() : fromPs();
	const found = [process.pid];
	for (const parent of found) found.push(...all.filter((one) => one.parent === parent).map(({ id }) => id));
	return all.filter(({ id, command }) => found.includes(id) && /chrom|edge/i.test(command));
}

/** Linux tells by itself; a slim one has no `ps`. */
function fromProc(): Process[] {
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.flatMap((name): Process[] => {
			try {
				const status = readFileSync(`/proc/${name}/status`, 'utf8');
				const number = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
				const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
				return [{ id: Number(name), parent: number('PPid'), memory: number('VmRSS') * 1024, command }];
			} catch {
				// It has ended meanwhile.
				return [];
			}
		});
}

function fromPs(): Process[] {
	return execFileSync('ps', ['-axo', 'pid=,ppid=,rss=,args='], { encoding: 'utf8', maxBuffer: 2 ** 26 })
		.split('\n')
		.flatMap((line): Process[] => {
			const [, id, parent, kilobytes, command = ''] = /^ *(\d+) +(\d+) +(\d+) +(.*)$/.exec(line) ?? [];
			return id
				? [{ id: Number(id), parent: Number(parent), memory: Number(kilobytes) * 1024, command }]
				: [];
		});
}
