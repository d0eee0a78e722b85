import { posix } from 'node:path';
import { installPackages } from '../browser/install.ts';
import { thisMachine, type Surroundings } from '../browser/surroundings.ts';

/** What is looked for: a program, and whatever else it can't do without. */
interface Wanted {
	label: string;
	/** Another place to take it from. */
	variable: string;
	/** The first is what is asked for. */
	programs: string[][];
	/** Debian's packages that have all of it. */
	packages: string[];
	/** Tries what no file shows. */
	check?: [command: string, ...args: string[]];
}

const firefox: Wanted = {
	label: 'Firefox',
	variable: 'FIREFOX_PATH',
	programs: [['firefox-esr', 'firefox']],
	packages: ['firefox-esr'],
};

const webKit: Wanted = {
	label: 'WebKitGTK',
	variable: 'WEBKIT_DRIVER_PATH',
	programs: [['WebKitWebDriver'], ['Xvfb']],
	packages: ['webkit2gtk-driver', 'xvfb', 'python3-gi', 'gir1.2-webkit2-4.1'],
	check: ['/usr/bin/python3', '-c', 'import gi; gi.require_version("WebKit2", "4.1")'],
};

export function findFirefox(given: Partial<Surroundings> = {}): Promise<string> {
	return find(firefox, { ...thisMachine, ...given });
}

/** Its WebDriver server. */
export function findWebKit(given: Partial<Surroundings> = {}): Promise<string> {
	return find(webKit, { ...thisMachine, ...given });
}

/** Installs it where apt-get can. @throws with what to install: a browser is never skipped */
async function find(wanted: Wanted, machine: Surroundings): Promise<string> {
	const { label, variable, packages } = wanted;
	const chosen = machine.env[variable];
	if (chosen) {
		if (!machine.exists(chosen)) throw new Error(`${variable} names a file that does not exist: ${chosen}`);
		return chosen;
	}
	let found = await look(wanted, machine);
	if (found === null) {
		machine.say(`${label} is not here, or not all that it needs.`);
		await installPackages(machine, packages);
		found = await look(wanted, machine);
	}
	if (found === null) {
		throw new Error(
			`The tests in ${label} need it, and it could not be installed. ` +
				`On Debian and Ubuntu: apt-get install ${packages.join(' ')}. Or name its executable in ${variable}.`,
		);
	}
	return found;
}

async function look({ programs, check }: Wanted, machine: Surroundings): Promise<string | null> {
	const folders = (machine.env.PATH ?? '').split(':').filter((folder) => folder.startsWith('/'));
	const found = programs.map((names) =>
		names.flatMap((name) => folders.map((folder) => posix.join(folder, name))).find(machine.exists),
	);
	if (found.includes(undefined)) return null;
	const [command, ...args] = check ?? [];
	if (command !== undefined && !(await machine.run(command, args, 30_000)).succeeded) return null;
	return found[0]!;
}
