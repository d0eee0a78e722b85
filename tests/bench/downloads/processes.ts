import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Between two looks, in ms. */
const EVERY = 100;

/** Only Linux tells what a group of processes holds and has used together. */
const canMeasureProcesses = process.platform === 'linux';

/** A tick of the kernel's clock, in ms, as `/proc` counts on every architecture that Node runs on. */
const TICK = 10;

/**
 * What a process and all that it started hold in memory, in bytes: the sum of their proportional set sizes, in which a
 * page that several share counts once. https://www.kernel.org/doc/html/latest/filesystems/proc.html (smaps_rollup)
 */
function memoryOf(pid: number): number {
	return familyOf(pid).reduce((sum, one) => sum + proportionalSize(one), 0);
}

/** What a process and all that it started have used of the processor so far, in ms; `null` where that can't be measured. */
export function processorTimeOf(pid: number): number | null {
	if (!canMeasureProcesses) return null;
	const ticks = (one: number) => {
		const [user = 0, system = 0] = statOf(one)?.slice(11, 13).map(Number) ?? [];
		return user + system;
	};
	return familyOf(pid).reduce((sum, one) => sum + ticks(one), 0) * TICK;
}

/** The most that it holds until `stop`, in bytes; `null` where that can't be measured. */
export function watchMemory(pid: number): { stop(): number | null } {
	if (!canMeasureProcesses) return { stop: () => null };
	let peak = memoryOf(pid);
	const timer = setInterval(() => (peak = Math.max(peak, memoryOf(pid))), EVERY);
	return {
		stop() {
			clearInterval(timer);
			return Math.max(peak, memoryOf(pid));
		},
	};
}

/** Resolves with what it holds once that no longer changes, or after ten seconds. */
export async function settledMemory(pid: number): Promise<number | null> {
	if (!canMeasureProcesses) return null;
	let last = memoryOf(pid);
	for (let calm = 0, looks = 0; calm < 3 && looks < 40; looks++) {
		await sleep(250);
		const now = memoryOf(pid);
		calm = Math.abs(now - last) < 2_000_000 ? calm + 1 : 0;
		last = now;
	}
	return last;
}

function familyOf(pid: number): number[] {
	const parents = new Map<number, number>();
	for (const name of readdirSync('/proc')) {
		const id = Number(name);
		const parent = Number.isInteger(id) ? statOf(id)?.[1] : undefined;
		if (parent !== undefined) parents.set(id, Number(parent));
	}
	const family = [pid];
	for (const one of family) for (const [id, parent] of parents) if (parent === one) family.push(id);
	return family;
}

/** What the kernel says of a process, from its state on: a program's name may hold anything. */
function statOf(pid: number): string[] | null {
	const stat = read(`/proc/${pid}/stat`);
	return stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? null;
}

function proportionalSize(pid: number): number {
	const kilobytes = /^Pss: +(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`) ?? '')?.[1];
	return Number(kilobytes ?? 0) * 1024;
}

/** `null` for a process that has just ended. */
function read(path: string): string | null {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return null;
	}
}
