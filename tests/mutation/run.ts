import { Stryker } from '@stryker-mutator/core';
import { foldersOf, mutated } from './folders.ts';

type Results = Awaited<ReturnType<Stryker['runMutationTest']>>;

interface Tally {
	killed: number;
	total: number;
}

/** Percent of a folder's mutants that the unit tests must find. */
const LEAST = 85;

main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});

/** Changes the folders that are named (all, when none is), one after another, and prints how much the tests find. */
async function main(named: string[]): Promise<void> {
	const lines: string[] = [];
	const rooms = new Map<string, Tally>();
	const chosen = foldersOf(named);
	for (const folder of chosen) {
		console.log(`\n── ${folder}`);
		const start = performance.now();
		const report = `test-results/mutation/${folder.replaceAll('/', '-')}`;
		process.env.MUTATED_FOLDER = folder;
		const stryker = new Stryker({
			configFile: 'tests/mutation/stryker.config.js',
			mutate: mutated(folder),
			htmlReporter: { fileName: `${report}.html` },
			jsonReporter: { fileName: `${report}.json` },
		});
		const { killed, total } = tally(await stryker.runMutationTest());
		if ((100 * killed) / total < LEAST) process.exitCode = 1;
		const minutes = ((performance.now() - start) / 60_000).toFixed(1);
		lines.push(`${line(folder, { killed, total })}  ${minutes} min`);
		const room = folder.split('/')[0]!;
		const sum = rooms.get(room) ?? { killed: 0, total: 0 };
		rooms.set(room, { killed: sum.killed + killed, total: sum.total + total });
	}
	const wholeRooms = [...rooms].filter(([room]) => {
		const floors = foldersOf([room]);
		return floors.length > 1 && floors.every((floor) => chosen.includes(floor));
	});
	lines.push(...wholeRooms.map(([room, sum]) => line(`${room}, all of it`, sum)));
	console.log(`\n${lines.join('\n')}`);
}

function line(name: string, { killed, total }: Tally): string {
	return `${name.padEnd(20)} ${((100 * killed) / total).toFixed(1)} %  ${killed} of ${total} found`;
}

/** A mutant that makes the tests run without end is found, too. */
function tally(results: Results): Tally {
	const of = (...statuses: string[]) => results.filter(({ status }) => statuses.includes(status)).length;
	const killed = of('Killed', 'Timeout');
	return { killed, total: killed + of('Survived', 'NoCoverage') };
}
