/**
 * For all folders; `run.ts` says what is changed, folder by folder.
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
	testRunner: 'vitest',
	plugins: ['@stryker-mutator/vitest-runner'],
	vitest: { configFile: 'tests/mutation/vitest.config.ts', related: false },
	coverageAnalysis: 'perTest',
	// One more than two cores: some mutants only wait.
	concurrency: 3,
	// A busy machine must not pass for a mutant that never ends.
	timeoutMS: 20_000,
	timeoutFactor: 4,
	tempDirName: 'test-results/mutation/sandbox',
	// Copied into the sandbox: tsconfig.json rests on it.
	ignorePatterns: [
		'!.svelte-kit',
		'build',
		'test-results',
		'.cache',
		'static',
		'tests/bench',
		'tests/e2e',
		'tests/pictures',
	],
	reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
	htmlReporter: { fileName: 'test-results/mutation/all.html' },
	jsonReporter: { fileName: 'test-results/mutation/all.json' },
	clearTextReporter: { allowColor: false, reportTests: false, logTests: false },
	disableTypeChecks: false,
};
