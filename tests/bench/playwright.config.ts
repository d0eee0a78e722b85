import { defineConfig } from '@playwright/test';
import e2e from '../e2e/playwright.config.ts';
import { asDelivered } from '../e2e/support/as-delivered.ts';

/** Figures, not verdicts: one at a time, on the page as it is delivered. */
export default defineConfig({
	...e2e,
	use: { ...e2e.use, ...asDelivered },
	testDir: '.',
	// Beside the figures, which are kept.
	outputDir: '../../test-results/bench/output',
	globalSetup: '../e2e/support/build.ts',
	workers: 1,
	timeout: 600_000,
});
