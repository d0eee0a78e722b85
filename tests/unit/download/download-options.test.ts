import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { presets } from '$lib/download/options/presets';
import { plainOptions, type DownloadOptions } from '$lib/download/options/options';
import { parseOptions, readOptions } from '$lib/download/options/options-schema';
import {
	readProfiles,
	renamed,
	withoutProfile,
	withProfile,
	writeProfiles,
	type Profile,
} from '$lib/download/options/profiles';

const small: DownloadOptions = { ...plainOptions, size: { side: 512, shape: 'square' }, quality: 0.8 };

describe('remembered options', () => {
	test.each<[string, DownloadOptions]>([
		['the plain ones', plainOptions],
		['small squares', small],
		['headshots only', { ...plainOptions, files: 'headshots' }],
		['PFPs of at most 100 kB', { ...plainOptions, files: 'pfps', maxBytes: 100_000 }],
		...presets.map(({ id, layouts }): [string, DownloadOptions] => [
			id,
			{ ...plainOptions, preset: id, layout: layouts[0] },
		]),
	])('are read back: %s', (_, options) => {
		expect(readOptions(JSON.stringify(options))).toEqual(options);
	});

	test.each<[string, string | null]>([
		['nothing', null],
		['an empty text', ''],
		['no JSON', '{'],
		['a number', '7'],
		['a list', '[]'],
		['null', 'null'],
		['a part of them', '{"layout":"folders"}'],
		['another layout', JSON.stringify({ ...plainOptions, layout: '../..' })],
		['a side of 0', JSON.stringify({ ...plainOptions, size: { side: 0, shape: 'square' } })],
		['a side of a half', JSON.stringify({ ...plainOptions, size: { side: 99.5, shape: 'square' } })],
		['a side past all memory', JSON.stringify({ ...plainOptions, size: { side: 1e9, shape: 'square' } })],
		['no quality', JSON.stringify({ ...plainOptions, quality: NaN })],
		['too much quality', JSON.stringify({ ...plainOptions, quality: 2 })],
		['no bytes', JSON.stringify({ ...plainOptions, maxBytes: 0 })],
		['more bytes than a photo has', JSON.stringify({ ...plainOptions, maxBytes: 1e9 })],
		['a preset of another version', JSON.stringify({ ...plainOptions, preset: 'myspace' })],
		['a preset in folders', JSON.stringify({ ...plainOptions, preset: 'slack' })],
		[
			'a preset of the wrong picture',
			JSON.stringify({ ...plainOptions, preset: 'successfactors', layout: 'flat-pfp' }),
		],
		['a prototype', '{"__proto__":{"layout":"folders"},"layout":"constructor"}'],
	])('given %s, they are the plain ones', (_, text) => {
		expect(readOptions(text)).toEqual(plainOptions);
	});

	test('what is unknown is left behind', () => {
		expect(parseOptions({ ...plainOptions, evil: 1 })).toEqual(plainOptions);
	});

	test('whatever was written there, options come out', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
				expect(parseOptions(readOptions(text))).not.toBeNull();
				expect(Array.isArray(readProfiles(text))).toBe(true);
			}),
		);
	});
});

describe('profiles of one’s own', () => {
	const mine: Profile = { name: 'Intranet', options: small };
	const yours: Profile = { name: 'Badges', options: plainOptions };
	const names = (profiles: Profile[]) => profiles.map(({ name }) => name);

	test('are read back as they were written', () => {
		expect(readProfiles(writeProfiles([mine, yours]))).toEqual([mine, yours]);
	});

	test.each([null, '', '{', '7', '{}'])('given %j, there are none', (text) => {
		expect(readProfiles(text)).toEqual([]);
	});

	test('a damaged one takes none with it', () => {
		const text = JSON.stringify([null, 7, { name: 5, options: small }, { name: 'x', options: {} }, mine]);
		expect(readProfiles(text)).toEqual([mine]);
	});

	test('the same name, in whatever case, is the same profile', () => {
		const saved = withProfile([mine, yours], { name: ' intranet ', options: plainOptions });
		expect(saved).toEqual([{ name: 'intranet', options: plainOptions }, yours]);
	});

	test('without a name nothing is saved', () => {
		expect(withProfile([mine], { name: ' \n\u200b', options: small })).toEqual([mine]);
	});

	test('a name is one line of at most 60 characters', () => {
		const [profile] = withProfile([], { name: `a\nb${'😀'.repeat(100)}`, options: small });
		expect(profile?.name).toBe(`a b${'😀'.repeat(57)}`);
	});

	test.each([
		['spaces around are no part of it', ` ${'a'.repeat(60)} `, 'a'.repeat(60)],
		['whatever parts its words is one space', 'a \n\u200b b', 'a b'],
		['one that is cut ends with a letter', `${'a'.repeat(59)} b`, 'a'.repeat(59)],
	])('a name: %s', (_, name, clean) => {
		expect(withProfile([], { name, options: small })).toEqual([{ name: clean, options: small }]);
	});

	test('no more than 50 are kept', () => {
		const many = Array.from({ length: 80 }, (_, n) => ({ name: `p${n}`, options: small }));
		expect(readProfiles(JSON.stringify(many))).toHaveLength(50);
		expect(withProfile(readProfiles(JSON.stringify(many)), mine)).toHaveLength(50);
	});

	test('renaming keeps the place, and never makes two of one name', () => {
		expect(names(renamed([mine, yours], 'Intranet', 'Web'))).toEqual(['Web', 'Badges']);
		expect(names(renamed([mine, yours], 'Intranet', 'BADGES'))).toEqual(['Intranet', 'Badges']);
		expect(names(renamed([mine, yours], 'Intranet', 'INTRANET'))).toEqual(['INTRANET', 'Badges']);
		expect(names(renamed([mine, yours], 'Intranet', ' '))).toEqual(['Intranet', 'Badges']);
	});

	test('deleting takes one', () => {
		expect(withoutProfile([mine, yours], 'Intranet')).toEqual([yours]);
	});
});
