import { posix, win32 } from 'node:path';
import { fileURLToPath } from 'node:url';
import { attempt, installPackages } from './install.ts';
import { thisMachine, type Surroundings } from './surroundings.ts';

export interface FoundChromium {
	/** The executable. */
	path: string;
	/** Where it was found, for people: `CHROMIUM_PATH`, `installed`, `Playwright`, … */
	from: string;
}

const minute = 60_000;
const playwrightCli = fileURLToPath(new URL('../../node_modules/playwright/cli.js', import.meta.url));
/** Debian's Chromium without anything around the page: the same engine, and a third less work for the machine. */
const shell = 'chromium-headless-shell';
const linuxNames = [
	'google-chrome-stable',
	'google-chrome',
	'chromium',
	'chromium-browser',
	'microsoft-edge-stable',
	'microsoft-edge',
];
const macApps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const windowsApps = [
	['Google', 'Chrome', 'Application', 'chrome.exe'],
	['Chromium', 'Application', 'chrome.exe'],
	['Microsoft', 'Edge', 'Application', 'msedge.exe'],
];

/** What is wanted: a whole browser, or one without a window, where it can be had. */
export type Kind = 'whole' | 'windowless';

/**
 * Finds a Chromium to test in: CHROMIUM_PATH, else an installed Chrome, Chromium or Edge, else Playwright's own, else
 * it installs one. Says which it took. Throws, with what to do, when none can be had: tests are never skipped.
 */
export async function findChromium(
	kind: Kind = 'whole',
	given: Partial<Surroundings> = {},
): Promise<FoundChromium> {
	const machine = { ...thisMachine, ...given };
	const found = (await lookAround(machine, kind)) ?? (await install(machine, kind));
	if (found === null) {
		throw new Error(
			'The browser tests need Chrome, Chromium or Edge, and none could be installed. ' +
				'Install one of them, or set CHROMIUM_PATH to its executable.',
		);
	}
	machine.say(`Chromium: ${found.path} (${found.from})`);
	return found;
}

async function lookAround(machine: Surroundings, kind: Kind): Promise<FoundChromium | null> {
	const chosen = machine.env.CHROMIUM_PATH;
	if (chosen) {
		if (!machine.exists(chosen)) throw new Error(`CHROMIUM_PATH names a file that does not exist: ${chosen}`);
		return { path: chosen, from: 'CHROMIUM_PATH' };
	}
	return (await findInstalled(machine, kind)) ?? (await findOwn(machine));
}

async function findInstalled(machine: Surroundings, kind: Kind): Promise<FoundChromium | null> {
	for (const path of standardPlaces(machine, kind)) {
		if (machine.exists(path) && (await starts(machine, path))) return { path, from: 'installed' };
	}
	return null;
}

async function findOwn(machine: Surroundings): Promise<FoundChromium | null> {
	const path = machine.ownBrowser();
	return machine.exists(path) && (await starts(machine, path)) ? { path, from: 'Playwright' } : null;
}

function standardPlaces({ platform, env }: Surroundings, kind: Kind): string[] {
	if (platform === 'darwin') {
		const folders = ['/Applications', ...(env.HOME ? [posix.join(env.HOME, 'Applications')] : [])];
		return macApps.flatMap((app) => folders.map((folder) => `${folder}/${app}.app/Contents/MacOS/${app}`));
	}
	if (platform === 'win32') {
		const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(
			(it) => it !== undefined,
		);
		return windowsApps.flatMap((app) => folders.map((folder) => win32.join(folder, ...app)));
	}
	const folders = (env.PATH ?? '').split(':').filter((folder) => folder.startsWith('/'));
	const names = kind === 'windowless' ? [shell, ...linuxNames] : linuxNames;
	return names.flatMap((name) => folders.map((folder) => posix.join(folder, name)));
}

/** Whether it is a browser that starts: Ubuntu has a stub by that name, and libraries may be missing. */
async function starts({ platform, run }: Surroundings, path: string): Promise<boolean> {
	// Elsewhere nothing of the kind is known, and on Windows `--version` would open a window.
	return platform !== 'linux' || (await run(path, ['--version'], minute / 2)).succeeded;
}

async function install(machine: Surroundings, kind: Kind): Promise<FoundChromium | null> {
	machine.say('No Chrome, Chromium or Edge found.');
	return (await installOwn(machine)) ?? (await installFromDebian(machine, kind));
}

/** What `playwright install --with-deps chromium` does, the download first: it fails fast, system packages don't. */
async function installOwn(machine: Surroundings): Promise<FoundChromium | null> {
	// In ms; with Playwright's own 30 s, a network that drops packets takes minutes to give up on.
	const patience = { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' };
	const playwright = (what: string, action: string) =>
		attempt(machine, what, process.execPath, [playwrightCli, action, 'chromium'], patience);

	if (!(await playwright('Downloading Playwright’s Chromium', 'install'))) return null;
	const found = await findOwn(machine);
	if (found !== null) return found;
	await playwright('Installing the system libraries that it needs', 'install-deps');
	return findOwn(machine);
}

async function installFromDebian(machine: Surroundings, kind: Kind): Promise<FoundChromium | null> {
	const names = kind === 'windowless' ? [shell, 'chromium'] : ['chromium'];
	for (const name of names) {
		if (await installPackages(machine, [name])) return findInstalled(machine, kind);
	}
	return null;
}
