import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

const MOST = 10;

/** Lists the slowest tests at the end. Playwright's own list is of files, and leaves out each that two workers shared. */
export default class Slowest implements Reporter {
	#ran: { title: string; seconds: number }[] = [];

	onTestEnd(test: TestCase, { duration, status }: TestResult): void {
		// File and titles; before them come the root and the project, which have no names here.
		if (status !== 'skipped')
			this.#ran.push({ title: test.titlePath().slice(2).join(' › '), seconds: duration / 1000 });
	}

	onEnd(): void {
		const slowest = this.#ran.sort((one, other) => other.seconds - one.seconds).slice(0, MOST);
		console.log(`\n  The slowest ${slowest.length} of ${this.#ran.length} tests:`);
		for (const { title, seconds } of slowest) console.log(`  ${seconds.toFixed(1).padStart(6)} s  ${title}`);
	}

	printsToStdio(): boolean {
		return false;
	}
}
