import { mkdir, writeFile } from 'node:fs/promises';
import build, { projectDir } from '../e2e/support/build.ts';
import { engines, type Engine } from './engines.ts';
import { staysReadOnlyInFrames } from './frame.ts';
import {
	downloadsFavorites,
	downloadsLarge,
	followsOtherTabs,
	marksAndUndoes,
	opens,
	opensOffline,
	resumes,
	startPlace,
	type Step,
} from './steps.ts';

/** The same journey in every browser. */
const journey: Step[] = [
	{ name: 'opens, and fits into 1280 and 320 px', run: opens },
	{ name: 'Download Favorites', run: downloadsFavorites },
	{ name: 'Download Favorites, past 32 MiB', run: downloadsLarge },
	{ name: 'a download that is reloaded in the middle', run: resumes },
	{ name: 'actioned: mark, reload, undo, reload', run: marksAndUndoes },
	{ name: 'actioned: two tabs follow each other', run: followsOtherTabs },
	{ name: 'opens without a network', run: opensOffline },
	{ name: 'in another site’s frame', run: staysReadOnlyInFrames },
];

/** What a private window may do otherwise. */
const inPrivate = new Set(
	journey.filter(({ run }) =>
		[downloadsLarge, resumes, marksAndUndoes, opensOffline].some((it) => it === run),
	),
);

const pictures = `${projectDir}test-results/engines`;
const failures: string[] = [];
let passed = 0;

// What was started must end, too.
for (const [signal, code] of [
	['SIGINT', 130],
	['SIGTERM', 143],
] as const)
	process.once(signal, () => process.exit(code));

main(process.argv.slice(2)).then(
	(code) => process.exit(code),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);

/** @param names engines, all of them when there is none; `-g` and a word pick steps */
async function main(args: string[]): Promise<number> {
	const at = args.indexOf('-g');
	const word = at < 0 ? '' : (args[at + 1] ?? '');
	const names = at < 0 ? args : args.slice(0, at);
	const wanted = engines.filter(({ name }) => names.length === 0 || names.includes(name));
	const unknown = names.filter((name) => !engines.some((one) => one.name === name));
	if (unknown.length > 0) {
		throw new Error(
			`There is no engine ${unknown.join()}: it may be ${engines.map(({ name }) => name).join(', ')}.`,
		);
	}
	const steps = journey.filter(({ name }) => name.includes(word));
	const paths = new Map<Engine, string>();
	for (const engine of wanted) paths.set(engine, await engine.find());
	await build();
	const begin = performance.now();
	for (const [engine, path] of paths) await journeyIn(engine, path, steps);
	for (const failure of failures) console.log(`\n${failure}`);
	console.log(`\n${passed} passed, ${failures.length} failed  (${seconds(begin)})`);
	return failures.length === 0 && passed > 0 ? 0 : 1;
}

async function journeyIn(
	{ name, label, start, expected }: Engine,
	path: string,
	steps: Step[],
): Promise<void> {
	const place = await startPlace();
	const browser = await start(path);
	console.log(`\n── ${label} (${browser.version})`);
	const picture = async (of: string, bytes: Buffer) => {
		await mkdir(pictures, { recursive: true });
		await writeFile(`${pictures}/${name}-${of}.png`, bytes);
	};
	try {
		// What a private window can't be told apart by is not run twice.
		for (const step of steps.filter((one) => expected.remembers || inPrivate.has(one))) {
			const begin = performance.now();
			try {
				const told = await step.run({ browser, place, expected, picture });
				passed++;
				console.log(`  ✓ ${step.name}  ${seconds(begin)}${told ? `  (${told})` : ''}`);
			} catch (error) {
				failures.push(`${label}: ${step.name}\n${error instanceof Error ? error.stack : String(error)}`);
				console.log(`  ✗ ${step.name}  ${seconds(begin)}`);
			}
		}
	} finally {
		await browser.close();
		await place.end();
	}
}

function seconds(begin: number): string {
	return `${((performance.now() - begin) / 1000).toFixed(1)} s`;
}
