import { execFileSync } from 'node:child_process';

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
	const all = execFileSync('ps', ['-axo', 'pid=,ppid=,rss=,args='], { encoding: 'utf8', maxBuffer: 2 ** 26 })
		.split('\n')
		.map((line): Process | null => {
			const [, id, parent, kilobytes, command = ''] = /^ *(\d+) +(\d+) +(\d+) +(.*)$/.exec(line) ?? [];
			return id
				? { id: Number(id), parent: Number(parent), memory: Number(kilobytes) * 1024, command }
				: null;
		})
		.filter((one) => one !== null);
	const found = [process.pid];
	for (const parent of found) found.push(...all.filter((one) => one.parent === parent).map(({ id }) => id));
	return all.filter(({ id, command }) => found.includes(id) && /chrom|edge/i.test(command));
}
