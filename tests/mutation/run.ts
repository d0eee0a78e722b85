import { Stryker } from '@stryker-mutator/core';
import { folders, mutated } from './folders.ts';

type Results = Awaited<ReturnType<Stryker['runMutationTest']>>;

/** Percent of a folder's mutants that the unit tests must find. */
const LEAST = 85;

main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});

/** Changes the folders that are named (all, when none is), one after another, and prints how much the tests find. */
async function main(named: string[]): Promise<void> {
	const unknown = named.filter((name) => !Object.hasOwn(folders, name));
	if (unknown.length > 0)
		throw new Error(
			`There is no folder ${unknown.join(', ')}. There are: ${Object.keys(folders).join(', ')}`,
		);

	const lines: string[] = [];
	for (const folder of named.length > 0 ? named : Object.keys(folders)) {
		console.log(`\n── ${folder}`);
		const start = performance.now();
		const report = `test-results/mutation/${folder}`;
		process.env.MUTATED_FOLDER = folder;
		const stryker = new Stryker({
			configFile: 'tests/mutation/stryker.config.js',
			mutate: mutated(folder),
			htmlReporter: { fileName: `${report}.html` },
			jsonReporter: { fileName: `${report}.json` },
		});
		const { killed, total } = tally(await stryker.runMutationTest());
		const share = (100 * killed) / total;
		const minutes = (performance.now() - start) / 60_000;
		if (share < LEAST) process.exitCode = 1;
		lines.push(
			`${folder.padEnd(10)} ${share.toFixed(1)} %  ${killed} of ${total} found  ${minutes.toFixed(1)} min`,
		);
	}
	console.log(`\n${lines.join('\n')}`);
}

/** A mutant that makes the tests run without end is found, too. */
function tally(results: Results): { killed: number; total: number } {
	const of = (...statuses: string[]) => results.filter(({ status }) => statuses.includes(status)).length;
	const killed = of('Killed', 'Timeout');
	return { killed, total: killed + of('Survived', 'NoCoverage') };
}
