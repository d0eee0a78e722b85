import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';

/** How every test starts Chromium: as root in a container, and quiet towards the outside. */
export const chromiumArgs = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--disable-background-networking',
];

/**
 * Starts a Chromium that no test runner watches, without a window.
 * @param profile a folder of its own, kept from one start to the next
 */
export function spawnChromium(profile: string, args: readonly string[], options: SpawnOptions): ChildProcess {
	const usual = ['--headless=new', '--no-first-run', `--user-data-dir=${profile}`];
	const path = process.env.CHROMIUM_PATH ?? 'chromium';
	return spawn(path, [...chromiumArgs, ...usual, ...args, 'about:blank'], options);
}
