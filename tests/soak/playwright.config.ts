import { defineConfig } from '@playwright/test';
import e2e from '../e2e/playwright.config.ts';
import { asDelivered } from '../e2e/support/as-delivered.ts';
import { settings } from './settings.ts';

/** Long walks, each in a browser of its own. They keep their own time. */
export default defineConfig({
	...e2e,
	use: { ...e2e.use, ...asDelivered },
	testDir: '.',
	globalSetup: './build.ts',
	outputDir: '../../test-results/soak',
	workers: settings.walks.length,
	timeout: settings.limitMs + 300_000,
});
