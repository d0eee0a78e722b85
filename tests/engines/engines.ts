import { findFirefox, findWebKit } from './find.ts';
import { findChromium } from '../browser/chromium.ts';
import type { Browser } from './drivers/driver.ts';
import { startChromium, startFirefox } from './drivers/puppeteer.ts';
import { startWebKit } from './drivers/webkit.ts';

/** What a browser is known to have: the tests hold it to that, either way. */
export interface Expected {
	/** Private files that a worker writes: large archives, and going on after an interruption. */
	files: boolean;
	/** What is kept outlives the browser's end. */
	remembers: boolean;
}

/** A browser as these tests meet it. */
export interface Engine {
	/** For the command line. */
	name: string;
	/** For people. */
	label: string;
	/** Its executable; installs it when it must. @throws with what to do */
	find(): Promise<string>;
	start(path: string): Promise<Browser>;
	expected: Expected;
}

const chromium = async () => (await findChromium()).path;

export const engines: Engine[] = [
	{
		name: 'chromium',
		label: 'Chromium',
		find: chromium,
		start: (path) => startChromium({ path }),
		expected: { files: true, remembers: true },
	},
	{
		name: 'firefox',
		label: 'Firefox',
		find: findFirefox,
		start: (path) => startFirefox({ path }),
		expected: { files: true, remembers: true },
	},
	{
		name: 'webkit',
		label: 'WebKitGTK',
		find: findWebKit,
		start: (path) => startWebKit({ path }),
		expected: { files: false, remembers: true },
	},
	{
		name: 'chromium-private',
		label: 'Chromium, private',
		find: chromium,
		start: (path) => startChromium({ path, isPrivate: true }),
		expected: { files: true, remembers: false },
	},
	{
		name: 'firefox-private',
		label: 'Firefox, private',
		find: findFirefox,
		start: (path) => startFirefox({ path, isPrivate: true }),
		expected: { files: false, remembers: false },
	},
	{
		name: 'webkit-private',
		label: 'WebKitGTK, private',
		find: findWebKit,
		start: (path) => startWebKit({ path, isPrivate: true }),
		expected: { files: false, remembers: false },
	},
];
