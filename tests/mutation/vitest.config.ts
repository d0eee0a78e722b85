import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { folders } from './folders.ts';

/** Of which folder; of all of them when Stryker is started without `run.ts`. */
const folder = process.env.MUTATED_FOLDER;
const some = Object.entries(folders).flatMap(([name, its]) =>
	folder === undefined || name === folder ? its : [],
);
const files = (names: string[]) => names.map((name) => `tests/unit/*/${name}.test.ts`);

const listed = some.flatMap(({ tests, apart = [] }) => [...tests, ...apart]);

/** The quick ones first: the first test that fails ends a mutant's run. */
class AsListed extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const place = ({ moduleId }: TestSpecification) => listed.indexOf(basename(moduleId, '.test.ts'));
		return [...files].sort((a, b) => place(a) - place(b));
	}
}

/** A folder's unit tests alone: Stryker starts them for each mutant, which the whole page's configuration makes slow. */
export default defineConfig({
	plugins: [svelte()],
	resolve: { alias: { $lib: fileURLToPath(new URL('../../src/lib', import.meta.url)) } },
	test: {
		environment: 'node',
		// A busy machine must not pass for a test that fails; but many mutants do nothing but let one wait.
		testTimeout: 16_000,
		env: { PATIENCE: '8000' },
		sequence: { sequencer: AsListed },
		projects: [
			// One thread for all files of a run.
			{
				extends: true,
				test: { name: 'together', include: files(some.flatMap(({ tests }) => tests)), isolate: false },
			},
			{
				extends: true,
				test: { name: 'apart', include: files(some.flatMap(({ apart = [] }) => apart)), isolate: true },
			},
		],
	},
});
