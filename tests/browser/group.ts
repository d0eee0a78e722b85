import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A process that was started `detached`, with all that it starts: it ends whole, also when these tests are ended. */
export function asGroup(child: ChildProcess): ChildProcess {
	const end = () => kill(child);
	process.once('exit', end);
	child.once('exit', () => process.off('exit', end));
	return child;
}

/** SIGKILL to all of them; where the first has ended by itself, to those that it has left. */
export async function endGroup(child: ChildProcess): Promise<void> {
	const isAlive = child.exitCode === null && child.signalCode === null;
	const gone = isAlive && child.pid !== undefined ? once(child, 'exit') : null;
	kill(child);
	await gone;
}

function kill({ pid }: ChildProcess): void {
	if (pid === undefined) return;
	try {
		process.kill(-pid, 'SIGKILL');
	} catch (error) {
		// None of them is left.
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}
