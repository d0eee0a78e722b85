import type { Surroundings } from './surroundings.ts';

const minute = 60_000;
const aptGet = '/usr/bin/apt-get';

/** Debian's packages, where apt-get is there and may be used. Says what it does; returns whether all are installed. */
export async function installPackages(machine: Surroundings, packages: string[]): Promise<boolean> {
	if (machine.platform !== 'linux' || !machine.isRoot || !machine.exists(aptGet)) return false;
	const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
	if (!(await attempt(machine, 'Running apt-get update', aptGet, ['update'], quiet))) return false;
	const what = `Running apt-get install ${packages.join(' ')}`;
	return attempt(machine, what, aptGet, ['install', '-y', ...packages], quiet);
}

/** Runs a program with a limit of 5 minutes; says what it does and, when it fails, with which words. */
export async function attempt(
	machine: Surroundings,
	what: string,
	command: string,
	args: string[],
	env: NodeJS.ProcessEnv,
): Promise<boolean> {
	machine.say(`${what} (5 minutes at most) …`);
	const { succeeded, output } = await machine.run(command, args, 5 * minute, env);
	if (!succeeded) machine.say(`That failed:\n${output.trim().split('\n').slice(-8).join('\n')}`);
	return succeeded;
}
