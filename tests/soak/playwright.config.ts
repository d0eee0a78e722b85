import { defineConfig } from '@playwright/test';
import e2e from '../e2e/playwright.config.ts';
import { settings } from './settings.ts';

/** One long walk. It keeps its own time. */
export default defineConfig({
	...e2e,
	testDir: '.',
	globalSetup: './build.ts',
	workers: 1,
	timeout: settings.limitMs + 300_000,
});
