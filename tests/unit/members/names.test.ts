import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { FolderNames } from '$lib/members/names';
import { faultsOf } from './name-faults.ts';

// Thousands of names are made, perhaps on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const EMAIL = 'jane@example.com';

function byTitle(title: string): string {
	return new FolderNames().take({ email: null, title, name: null, id: '7' });
}

function byEmailAndTitle(title: string): string {
	return new FolderNames().take({ email: EMAIL, title, name: null, id: '7' });
}

describe('given a member with everything, or with something missing', () => {
	test.each<[string, Parameters<FolderNames['take']>[0], string]>([
		['e-mail and title', { email: EMAIL, title: 'CEO', name: 'Jane', id: '7' }, 'jane@example.com - CEO'],
		['no title', { email: EMAIL, title: null, name: 'Jane', id: '7' }, EMAIL],
		['a title of spaces', { email: EMAIL, title: ' \t ', name: 'Jane', id: '7' }, EMAIL],
		['an e-mail with spaces around', { email: ` ${EMAIL}\n`, title: null, name: null, id: '7' }, EMAIL],
		['no e-mail', { email: null, title: 'Jane Doe', name: 'Jane', id: '7' }, 'Jane Doe'],
		['a placeholder for an e-mail', { email: 'none', title: 'Jane Doe', name: null, id: '7' }, 'Jane Doe'],
		['a placeholder with an @', { email: 'n/a @', title: 'Jane Doe', name: null, id: '7' }, 'Jane Doe'],
		['words before an e-mail', { email: 'a b@c.com', title: 'Jane Doe', name: null, id: '7' }, 'Jane Doe'],
		['words behind an e-mail', { email: 'b@c.com a', title: 'Jane Doe', name: null, id: '7' }, 'Jane Doe'],
		[
			'an e-mail at invalid.com',
			{ email: 'x@y.invalid.com', title: null, name: null, id: '7' },
			'x@y.invalid.com',
		],
		['an .invalid e-mail', { email: 'x@y.invalid', title: 'Jane Doe', name: null, id: '7' }, 'Jane Doe'],
		['only a name', { email: '', title: '..', name: 'Jane', id: '7' }, 'Jane'],
		['only an id', { email: null, title: null, name: null, id: '7' }, 'member-7'],
		['a hostile id', { email: null, title: null, name: null, id: '../7' }, 'member-7'],
		['an empty id', { email: null, title: null, name: null, id: '' }, 'member-unknown'],
	])('%s', (_, member, folder) => {
		expect(new FolderNames().take(member)).toBe(folder);
	});
});

describe('given a hostile or odd title', () => {
	test.each<[string, string, string, string]>([
		['empty', '', 'member-7', EMAIL],
		['..', '..', 'member-7', EMAIL],
		['CON', 'CON', '_CON', `${EMAIL} - CON`],
		['con.jpg', 'con.jpg', '_con.jpg', `${EMAIL} - con.jpg`],
		['COM¹', 'COM¹', '_COM¹', `${EMAIL} - COM¹`],
		['CON before a dot and a space', 'Con .x', '_Con .x', `${EMAIL} - Con .x`],
		['CONOUT$', 'conout$.a.b', '_conout$.a.b', `${EMAIL} - conout$.a.b`],
		['CONSUL, which is no device', 'CONSUL', 'CONSUL', `${EMAIL} - CONSUL`],
		['name. .', 'name. .', 'name', `${EMAIL} - name`],
		['-rf', '-rf', 'rf', `${EMAIL} - rf`],
		['../../etc/passwd', '../../etc/passwd', 'etc-passwd', `${EMAIL} - etc-passwd`],
		['..\\..\\x', '..\\..\\x', 'x', `${EMAIL} - x`],
		['C:x', 'C:x', 'C-x', `${EMAIL} - C-x`],
		['a.txt:evil:$DATA', 'a.txt:evil:$DATA', 'a.txt-evil-$DATA', `${EMAIL} - a.txt-evil-$DATA`],
		['NUL inside', 'a\0b', 'a b', `${EMAIL} - a b`],
		['the word NUL', 'nul', '_nul', `${EMAIL} - nul`],
		['photo\\u202Egpj.exe', 'photo\u202Egpj.exe', 'photogpj.exe', `${EMAIL} - photogpj.exe`],
		['a lone surrogate', 'a\uD800b', 'a\uFFFDb', `${EMAIL} - a\uFFFDb`],
		['José decomposed', 'Jose\u0301', 'José', `${EMAIL} - José`],
		['José with a zero-width space inside', 'Jose\u200B\u0301', 'José', `${EMAIL} - José`],
		['__proto__', '__proto__', '__proto__', `${EMAIL} - __proto__`],
		['family emoji', '👨‍👩‍👧‍👦', '👨👩👧👦', `${EMAIL} - 👨👩👧👦`],
		['soft hyphen', 'Abteilungs\u00ADleiter', 'Abteilungsleiter', `${EMAIL} - Abteilungsleiter`],
		['every kind of space', '\u3000a\u00A0\u2003\tb\u2028c\u3164', 'a b c', `${EMAIL} - a b c`],
	])('%s', (_, title, alone, withEmail) => {
		expect(byTitle(title)).toBe(alone);
		expect(byEmailAndTitle(title)).toBe(withEmail);
		expect(faultsOf(alone)).toEqual([]);
	});

	test('86 × 漢: cut between characters, the e-mail survives', () => {
		expect(byTitle('漢'.repeat(86))).toBe('漢'.repeat(40));
		expect(byEmailAndTitle('漢'.repeat(86))).toBe(`${EMAIL} - ${'漢'.repeat(33)}`);
	});

	test('300 combining marks: a grapheme is kept whole or left out', () => {
		const marks = '\u0323'.repeat(300);
		expect(byTitle(`Ann x${marks}`)).toBe('Ann');
		expect(byTitle(`x${marks}`)).toBe('member-7');
		expect(byEmailAndTitle(`x${marks}`)).toBe(EMAIL);
	});

	test('a flag is not cut into letters', () => {
		expect(byTitle(`${'x'.repeat(114)}🇩🇪`)).toBe('x'.repeat(114));
	});

	test('a cut that leaves a device name is made harmless too', () => {
		expect(byTitle(`CON${'x' + '\u0323'.repeat(100)}`)).toBe('_CON');
	});

	test('an e-mail longer than the folder is shortened', () => {
		const email = `${'ü'.repeat(80)}@example.com`;
		expect(new FolderNames().take({ email, title: 'CEO', name: null, id: '7' })).toBe('ü'.repeat(60));
	});

	test('an e-mail that Windows would open as a device is made harmless', () => {
		const folder = new FolderNames().take({
			email: 'con.rad@example.com',
			title: 'CEO',
			name: null,
			id: '7',
		});
		expect(folder).toBe('_con.rad@example.com - CEO');
	});
});

describe('given a name that Windows keeps for a device', () => {
	const devices = ['CON', 'PRN', 'AUX', 'NUL', 'CONIN$', 'CONOUT$', 'COM0', 'COM9', 'COM²', 'LPT1', 'LPT³'];

	test.each(devices)('%s: it is made harmless, in any case and with whatever behind a dot', (device) => {
		expect(byTitle(device)).toBe(`_${device}`);
		expect(byTitle(device.toLowerCase())).toBe(`_${device.toLowerCase()}`);
		expect(byTitle(`${device} .txt.x`)).toBe(`_${device} .txt.x`);
	});

	test('a long one has no more bytes for it', () => {
		expect(byTitle(`CON.${'x'.repeat(200)}`)).toBe(`_CON.${'x'.repeat(115)}`);
	});

	test.each(['ICON', 'CONS', 'CON-', 'my.con', 'COM', 'COM10', 'LPTx', 'TELECOM1', 'COM1LPT1', 'PRN2'])(
		'%s is none',
		(name) => expect(byTitle(name)).toBe(name),
	);
});

describe('given names that are equal on some file system', () => {
	test.each<[string, string, string]>([
		['twice the same', 'Jane', 'Jane'],
		['José composed and decomposed', 'José', 'Jose\u0301'],
		['Straße and STRASSE', 'Straße', 'STRASSE'],
		['ẞ and ss', 'STRAẞE', 'strasse'],
		['final sigma', 'ΟΔΟΣ', 'οδος'],
		['Kelvin sign', '\u212Aarl', 'karl'],
		['ligature', 'oﬃce', 'OFFICE'],
		['dotless i', 'ırmak', 'IRMAK'],
		['emoji with and without variation selector', '❤\uFE0F', '❤'],
		['after cutting', 'x'.repeat(130), 'X'.repeat(140)],
		['__proto__', '__proto__', '__PROTO__'],
	])('%s: the second one is numbered', (_, first, second) => {
		const names = new FolderNames();
		const one = names.take({ email: null, title: first, name: null, id: '1' });
		const two = names.take({ email: null, title: second, name: null, id: '2' });
		expect(two).toMatch(/ \(2\)$/);
		expect([...faultsOf(one), ...faultsOf(two)]).toEqual([]);
	});

	test('a number that somebody is named already is skipped', () => {
		const names = new FolderNames();
		const take = (title: string) => names.take({ email: null, title, name: null, id: '1' });
		expect(['Jo (2)', 'Jo', 'JO', 'Jo (2)'].map(take)).toEqual(['Jo (2)', 'Jo', 'JO (3)', 'Jo (2) (2)']);
	});

	test('every code point is equal to its upper and its lower case', () => {
		const names = new FolderNames();
		const different: string[] = [];
		for (let code = 0xa1; code < 0x1_ffff; code++) {
			const char = String.fromCodePoint(code);
			const cases = [char, char.toUpperCase(), char.toLowerCase()];
			if (new Set(cases).size === 1 || char.normalize('NFC') !== char) continue;
			const title = `${code} `;
			cases.forEach((text, index) => {
				const folder = names.take({ email: null, title: title + text, name: null, id: '1' });
				if (index > 0 && !/ \(\d\)$/.test(folder)) different.push(folder);
			});
		}
		expect(different).toEqual([]);
	});

	test('10,000 members of one name, and long names in pairs that are cut alike, take a few tries each', () => {
		// Each try of a name is folded, which normalizes it twice.
		const normalized = vi.spyOn(String.prototype, 'normalize');
		onTestFinished(() => normalized.mockRestore());
		const names = new FolderNames();
		const folders = new Set<string>();
		const take = (title: string) => folders.add(names.take({ email: null, title, name: null, id: '1' }));
		for (let n = 0; n < 10_000; n++) take('Jane Doe');
		for (let n = 0; n < 4_000; n++) take('x'.repeat(114) + String(n >> 1).padStart(6, '0'));
		expect(folders.size).toBe(14_000);
		expect(normalized.mock.calls.length).toBeLessThan(20 * folders.size);
	});
});

test('whatever 10,000 members are called, each folder is safe and differs from all others', () => {
	const unit = fc.oneof(
		{ weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
		{ weight: 2, arbitrary: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) },
		{
			weight: 4,
			arbitrary: fc.constantFrom(
				...[
					'.',
					' ',
					'-',
					'~',
					'/',
					'\\',
					':',
					'\0',
					'\u0085',
					'\u2028',
					'\u200D',
					'\uFEFF',
					'\u00AD',
					'\u202E',
				],
				...[
					'e',
					'\u0301',
					'\u0323',
					'CON',
					'nul',
					'COM¹',
					'ß',
					'SS',
					'漢',
					'👨‍👩‍👧‍👦',
					'🇩🇪',
					'\uD800',
					'\uDC00',
					'(2)',
				],
			),
		},
	);
	const text = fc.oneof(
		{ weight: 8, arbitrary: fc.array(unit, { maxLength: 8 }).map((units) => units.join('')) },
		{
			weight: 1,
			arbitrary: fc
				.tuple(unit, fc.integer({ min: 50, max: 2000 }))
				.map(([part, times]) => part.repeat(times)),
		},
	);
	const email = fc.oneof(
		text,
		fc.tuple(text, text).map(([local, domain]) => `${local}@${domain}`),
		fc.constant(EMAIL),
	);
	const names = new FolderNames();
	const folded = new Set<string>();
	let number = 0;
	fc.assert(
		fc.property(fc.option(email), fc.option(text), (email, title) => {
			const folder = names.take({ email, title, name: title, id: String(number++) });
			const faults = faultsOf(folder);
			for (const form of [folder.toUpperCase().normalize('NFC'), folder.toLowerCase().normalize('NFD')]) {
				if (folded.has(form)) faults.push('twice');
			}
			folded.add(folder.toUpperCase().normalize('NFC'));
			folded.add(folder.toLowerCase().normalize('NFD'));
			if (email === EMAIL && !folder.startsWith(EMAIL)) faults.push('without the e-mail');
			if (faults.length > 0) throw new Error(`${JSON.stringify(folder)}: ${faults.join(', ')}`);
		}),
		// One set of names for all runs: shrinking would ask it again for names it has given away.
		{ numRuns: 10_000, endOnFailure: true },
	);
	expect(number).toBe(10_000);
});
