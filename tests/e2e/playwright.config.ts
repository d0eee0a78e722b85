import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { chromiumArgs } from '../browser/launch.ts';

export default defineConfig({
	testDir: '.',
	// Emptied at each start: what lies beside it is another's.
	outputDir: '../../test-results/e2e',
	preserveOutput: 'failures-only',
	globalSetup: './support/build.ts',
	fullyParallel: true,
	workers: 2,
	retries: 0,
	timeout: 60_000,
	expect: { timeout: 15_000 },
	forbidOnly: Boolean(process.env.CI),
	// Its whole path: configurations beside this one take it over.
	reporter: [['list'], [fileURLToPath(new URL('./support/slowest.ts', import.meta.url))]],
	reportSlowTests: null,
	use: {
		browserName: 'chromium',
		// Unlike `asDelivered`, but for the tests that say so, and whatever starts a browser of its own.
		contextOptions: { reducedMotion: 'reduce' },
		serviceWorkers: 'block',
		// No trace: its screencast takes the two cores that the page needs, and workers stall for seconds.
		screenshot: 'only-on-failure',
		launchOptions: {
			args: chromiumArgs,
			...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
		},
	},
});
