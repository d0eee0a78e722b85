import { expect, test } from 'vitest';
import { equip } from '../../unpackers/equip.ts';

/** A made-up machine with these programs; `installs` says whether apt-get works there. */
async function onMachine(programs: string[], given: { installs?: boolean; isRoot?: boolean } = {}) {
	const { installs = true, isRoot = true } = given;
	const there = new Set(programs);
	const ran: string[] = [];
	const said: string[] = [];
	await equip({
		platform: 'linux',
		isRoot,
		exists: (path) => path === '/usr/bin/apt-get',
		say: (line) => said.push(line),
		run: async (command, args) => {
			if (command !== '/usr/bin/apt-get') return { succeeded: there.has(command), output: '' };
			ran.push(args.join(' '));
			if (installs && args[0] === 'install') for (const name of args.slice(2)) there.add(name);
			return { succeeded: installs, output: 'no network' };
		},
	});
	return { ran, said: said.join('\n') };
}

test('where Python and unzip are, nothing is done and nothing said', async () => {
	expect(await onMachine(['python3', 'unzip'])).toEqual({ ran: [], said: '' });
});

test('what is missing is installed, and only that', async () => {
	const { ran, said } = await onMachine(['python3']);
	expect(ran).toEqual(['update', 'install -y unzip']);
	expect(said).not.toContain('Without');
});

test.each([
	['apt-get fails', { installs: false }, ['update']],
	['nothing may be installed', { isRoot: false }, []],
])('where %s, it is said what the tests go without', async (_, given, commands) => {
	const { ran, said } = await onMachine([], given);
	expect(ran).toEqual(commands);
	expect(said).toContain('Without python3 and unzip: what only python3 and unzip can prove');
});
