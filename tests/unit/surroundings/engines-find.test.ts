import { describe, expect, test } from 'vitest';
import { findFirefox, findWebKit } from '../../engines/find.ts';
import type { Surroundings } from '../../browser/surroundings.ts';

/** A made-up Debian on which apt-get brings these files. */
function machine(given: { files?: string[]; brings?: string[]; more?: Partial<Surroundings> }) {
	const files = new Set(given.files);
	const ran: string[] = [];
	const surroundings: Partial<Surroundings> = {
		env: { PATH: '/usr/bin' },
		platform: 'linux',
		isRoot: true,
		exists: (path) => files.has(path),
		say: () => {},
		run: async (command, args) => {
			ran.push([command, ...args].join(' '));
			if (args[0] === 'install') for (const file of given.brings ?? []) files.add(file);
			return { succeeded: true, output: '' };
		},
		...given.more,
	};
	return { ran, surroundings };
}

describe('given engines that may be there or not', () => {
	test('one that is there is taken as it is', async () => {
		const { ran, surroundings } = machine({ files: ['/usr/bin/firefox'] });
		expect(await findFirefox(surroundings)).toBe('/usr/bin/firefox');
		expect(ran).toEqual([]);
	});

	test('one that isn’t is installed, with all that it needs', async () => {
		const { ran, surroundings } = machine({
			files: ['/usr/bin/apt-get'],
			brings: ['/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb'],
		});
		expect(await findWebKit(surroundings)).toBe('/usr/bin/WebKitWebDriver');
		expect(ran.join('\n')).toContain('install -y webkit2gtk-driver xvfb python3-gi gir1.2-webkit2-4.1');
	});

	test('where that can’t be, the error says what to install', async () => {
		const { surroundings } = machine({ files: ['/usr/bin/apt-get'], more: { isRoot: false } });
		await expect(findFirefox(surroundings)).rejects.toThrow('apt-get install firefox-esr');
		await expect(findWebKit(surroundings)).rejects.toThrow('apt-get install webkit2gtk-driver xvfb');
	});

	test('a variable that names no file is an error, not a reason to take another', async () => {
		const env = { PATH: '/usr/bin', FIREFOX_PATH: '/gone' };
		const { surroundings } = machine({ files: ['/usr/bin/firefox'], more: { env } });
		await expect(findFirefox(surroundings)).rejects.toThrow(
			'FIREFOX_PATH names a file that does not exist: /gone',
		);
	});
});
