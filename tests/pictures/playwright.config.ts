import { defineConfig } from '@playwright/test';
import e2e from '../e2e/playwright.config.ts';
import { asDelivered } from '../e2e/support/as-delivered.ts';

/** The README's pictures, taken from the real page. */
export default defineConfig({
	...e2e,
	use: { ...e2e.use, ...asDelivered },
	testDir: '.',
	testMatch: '*.take.ts',
	outputDir: '../../test-results/pictures',
	globalSetup: '../e2e/support/build.ts',
	workers: 1,
	timeout: 300_000,
});
