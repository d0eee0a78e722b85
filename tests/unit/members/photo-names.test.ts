import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { photoFileName } from '$lib/members/names';
import { bytesOf, faultsOf } from './name-faults.ts';

// Hundreds of names are made, perhaps on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const EMAIL = 'jane@example.com';

describe('given one photo of a member', () => {
	const jane = { email: EMAIL, title: 'CEO', name: 'Jane', id: '7' };

	test.each<[string, Parameters<typeof photoFileName>, string]>([
		['everything', [jane, 'pfp', 'png'], 'jane@example.com - CEO - pfp.png'],
		['no title', [{ ...jane, title: null }, 'headshot', 'jpg'], 'jane@example.com - headshot.jpg'],
		['no e-mail', [{ ...jane, email: null }, 'pfp', 'png'], 'CEO - pfp.png'],
		['a device for a title', [{ ...jane, email: null, title: 'CON' }, 'pfp', 'png'], '_CON - pfp.png'],
		['a hostile id', [jane, 'original ../\0', 'webp'], 'jane@example.com - CEO - original ..-.webp'],
		['nothing that tells it', [jane, '..', 'png'], 'jane@example.com - CEO - photo.png'],
	])('with %s', (_, given, name) => {
		expect(photoFileName(...given)).toBe(name);
	});

	test('a long title is cut for what is behind it', () => {
		const name = photoFileName({ ...jane, title: 'x'.repeat(300) }, 'pfp', 'png');
		expect(name).toBe(`jane@example.com - ${'x'.repeat(160 - 19 - 10)} - pfp.png`);
	});

	test('whatever its title, the name is safe, short, and keeps e-mail and ending', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: 'binary', maxLength: 300 }),
				fc.string({ maxLength: 80 }),
				(title, what) => {
					const name = photoFileName({ ...jane, title }, what, 'png');
					expect(bytesOf(name)).toBeLessThanOrEqual(160);
					expect(name.startsWith(EMAIL) && name.endsWith('.png')).toBe(true);
					expect(faultsOf(name).filter((fault) => !/bytes$/.test(fault))).toEqual([]);
				},
			),
		);
	});
});
