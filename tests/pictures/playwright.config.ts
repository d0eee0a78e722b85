import { defineConfig } from '@playwright/test';
import e2e from '../e2e/playwright.config.ts';

/** The README's pictures, taken from the real page. */
export default defineConfig({
	...e2e,
	testDir: '.',
	testMatch: '*.take.ts',
	outputDir: '../../test-results/pictures',
	globalSetup: '../e2e/support/build.ts',
	workers: 1,
	timeout: 300_000,
});
