import { describe, expect, test } from 'vitest';
import { findChromium, type Kind } from '../../browser/chromium.ts';
import { thisMachine, type Surroundings } from '../../browser/surroundings.ts';

const own = '/cache/ms-playwright/chromium/chrome';

/** A made-up machine: these files are there, and these commands succeed, some of them by leaving a file. */
function machine(given: {
	files?: string[];
	broken?: string[];
	/** What makes the broken ones start. */
	mends?: string;
	succeeds?: Record<string, string | undefined>;
	more?: Partial<Surroundings>;
}) {
	const files = new Set(given.files);
	const ran: string[] = [];
	const said: string[] = [];
	const surroundings: Partial<Surroundings> = {
		env: { PATH: '/usr/local/bin:/usr/bin' },
		platform: 'linux',
		isRoot: false,
		exists: (path) => files.has(path),
		ownBrowser: () => own,
		say: (line) => said.push(line),
		run: async (command, args) => {
			const isMended = given.mends !== undefined && ran.includes(given.mends);
			if (args[0] === '--version')
				return { succeeded: isMended || !given.broken?.includes(command), output: '' };
			const words = args.filter((arg) => !arg.includes('/')).join(' ');
			ran.push(words);
			if (!Object.hasOwn(given.succeeds ?? {}, words)) return { succeeded: false, output: 'no network' };
			const file = given.succeeds?.[words];
			if (file !== undefined) files.add(file);
			return { succeeded: true, output: '' };
		},
		...given.more,
	};
	return { ran, said, find: (kind?: Kind) => findChromium(kind, surroundings) };
}

describe('a browser that is there is taken, and said', () => {
	test('CHROMIUM_PATH comes first', async () => {
		const env = { CHROMIUM_PATH: '/opt/my-chrome', PATH: '/usr/bin' };
		const { find, said } = machine({ files: ['/opt/my-chrome', '/usr/bin/chromium'], more: { env } });
		expect(await find()).toEqual({ path: '/opt/my-chrome', from: 'CHROMIUM_PATH' });
		expect(said.join()).toContain('/opt/my-chrome');
	});

	test('a CHROMIUM_PATH that isn’t there is an error, not a reason to take another', async () => {
		const { find, ran } = machine({
			files: ['/usr/bin/chromium'],
			more: { env: { CHROMIUM_PATH: '/gone' } },
		});
		await expect(find()).rejects.toThrow('CHROMIUM_PATH names a file that does not exist: /gone');
		expect(ran).toEqual([]);
	});

	test.each([
		['linux', '/usr/bin/google-chrome-stable'],
		['linux', '/usr/local/bin/chromium'],
		['linux', '/usr/bin/microsoft-edge'],
		['darwin', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
		['darwin', '/Users/a/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
		['win32', 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
		['win32', 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'],
	] as const)('on %s at %s', async (platform, path) => {
		const env = {
			PATH: '/usr/local/bin:/usr/bin',
			HOME: '/Users/a',
			PROGRAMFILES: 'C:\\Program Files',
			'PROGRAMFILES(X86)': 'C:\\Program Files (x86)',
		};
		const { find, ran } = machine({ files: [path, own], more: { platform, env } });
		expect(await find()).toEqual({ path, from: 'installed' });
		expect(ran).toEqual([]);
	});

	test('where no window is needed, the one without comes first', async () => {
		const files = ['/usr/bin/google-chrome', '/usr/bin/chromium', '/usr/bin/chromium-headless-shell'];
		const path = (kind: Kind) =>
			machine({ files })
				.find(kind)
				.then((found) => found.path);
		expect(await path('windowless')).toBe('/usr/bin/chromium-headless-shell');
		expect(await path('whole')).toBe('/usr/bin/google-chrome');
	});

	test('one that doesn’t start, like Ubuntu’s stub, is passed over', async () => {
		const stub = '/usr/bin/chromium-browser';
		expect(await machine({ files: [stub, own], broken: [stub] }).find()).toEqual({
			path: own,
			from: 'Playwright',
		});
	});
});

describe('a browser that isn’t there is installed', () => {
	test('by Playwright, without touching the system where that is enough', async () => {
		const { find, ran } = machine({ succeeds: { 'install chromium': own } });
		expect(await find()).toEqual({ path: own, from: 'Playwright' });
		expect(ran).toEqual(['install chromium']);
	});

	test('by Playwright with the libraries that it needs', async () => {
		const { find, ran } = machine({
			broken: [own],
			mends: 'install-deps chromium',
			succeeds: { 'install chromium': own, 'install-deps chromium': undefined },
		});
		expect(await find()).toEqual({ path: own, from: 'Playwright' });
		expect(ran).toEqual(['install chromium', 'install-deps chromium']);
	});

	test('not by Playwright where its libraries can’t be had', async () => {
		const { find, ran } = machine({ broken: [own], succeeds: { 'install chromium': own } });
		await expect(find()).rejects.toThrow('none could be installed');
		expect(ran).toEqual(['install chromium', 'install-deps chromium']);
	});

	test('by apt-get as root on Debian, where Playwright can’t', async () => {
		const { find, ran, said } = machine({
			files: ['/usr/bin/apt-get'],
			succeeds: { update: undefined, 'install -y chromium': '/usr/bin/chromium' },
			more: { isRoot: true },
		});
		expect(await find()).toEqual({ path: '/usr/bin/chromium', from: 'installed' });
		expect(ran).toEqual(['install chromium', 'update', 'install -y chromium']);
		expect(said.join('\n')).toMatch(/Downloading Playwright[^]*no network[^]*apt-get install/);
	});

	test('by apt-get the one without a window, or else a whole one', async () => {
		const files = ['/usr/bin/apt-get'];
		const shell = '/usr/bin/chromium-headless-shell';
		const installs = {
			'install -y chromium-headless-shell': shell,
			'install -y chromium': '/usr/bin/chromium',
		};
		const here = { update: undefined, ...installs };
		const more = { isRoot: true };
		expect(await machine({ files, more, succeeds: here }).find('windowless')).toMatchObject({ path: shell });
		const { 'install -y chromium-headless-shell': _, ...older } = here;
		const { find, ran } = machine({ files, more, succeeds: older });
		expect(await find('windowless')).toMatchObject({ path: '/usr/bin/chromium' });
		expect(ran.slice(1)).toEqual([
			'update',
			'install -y chromium-headless-shell',
			'update',
			'install -y chromium',
		]);
	});

	test.each([
		['not root', { isRoot: false }, ['/usr/bin/apt-get']],
		['no Debian', { isRoot: true }, []],
		['macOS', { isRoot: true, platform: 'darwin' as const }, ['/usr/bin/apt-get']],
	])('where nothing works (%s) the error says what to do', async (_, more, files) => {
		const { find, ran } = machine({ files, more });
		await expect(find()).rejects.toThrow(/Install one of them, or set CHROMIUM_PATH/);
		expect(ran).toEqual(['install chromium']);
	});
});

describe('running a program', () => {
	test('one that hangs is killed with all that it started', async () => {
		const script = `require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], {stdio: 'inherit'});
			setInterval(() => {}, 1e6)`;
		const outcome = await thisMachine.run(process.execPath, ['-e', script], 500);
		expect(outcome).toMatchObject({ succeeded: false, output: expect.stringContaining('0.5 s') as string });
	});

	test('one that fails, or isn’t there, says so', async () => {
		const failing = await thisMachine.run(
			process.execPath,
			['-e', 'console.error("why"); process.exit(3)'],
			10_000,
		);
		expect(failing.succeeded).toBe(false);
		expect((await thisMachine.run('/gone', [], 10_000)).succeeded).toBe(false);
		expect((await thisMachine.run(process.execPath, ['-e', ''], 10_000)).succeeded).toBe(true);
	});
});
