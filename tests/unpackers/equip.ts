import { installPackages } from '../browser/install.ts';
import { thisMachine, type Surroundings } from '../browser/surroundings.ts';

/** What the tests read archives with besides npm's zip.js, and how to ask whether it is there. */
const wanted = [
	{ program: 'python3', asked: '--version', package: 'python3' },
	{ program: 'unzip', asked: '-v', package: 'unzip' },
];

/**
 * Sees to it that Python and unzip are here, and installs them where that can be done. Without them the tests read
 * archives with zip.js alone; which are left out then is said.
 */
export async function equip(given: Partial<Surroundings> = {}): Promise<void> {
	const machine = { ...thisMachine, ...given };
	let missing = await missingOn(machine);
	if (
		missing.length > 0 &&
		(await installPackages(
			machine,
			missing.map((one) => one.package),
		))
	)
		missing = await missingOn(machine);
	if (missing.length === 0) return;
	const names = missing.map(({ program }) => program).join(' and ');
	machine.say(`Without ${names}: what only ${names} can prove of an archive or a CSV is left out.`);
}

async function missingOn({ run }: Surroundings): Promise<typeof wanted> {
	const there = await Promise.all(
		wanted.map(async ({ program, asked }) => (await run(program, [asked], 30_000)).succeeded),
	);
	return wanted.filter((_, at) => !there[at]);
}
