import { describe, expect, test } from 'vitest';
import { makeFor } from '$lib/download/job/make';
import { pathsOf, planDownload } from '$lib/download/job/plan';
import { presets, presetOf, withPreset } from '$lib/download/options/presets';
import { plainOptions, type DownloadOptions } from '$lib/download/options/options';
import type { FinishedShoot } from '$lib/members/member';
import { formatBytes } from '$lib/ui/numbers';
import { favorite, finishedShoot } from '../members/people-helpers.ts';

function shoot(id: number, email: string | null, changed: Partial<FinishedShoot> = {}): FinishedShoot {
	const named = { memberId: `member-${id}`, name: `Member ${id}`, finishedAt: id };
	return finishedShoot(`model-${id}`, {
		...named,
		email,
		favorite: favorite({ photoId: `photo-${id}` }),
		...changed,
	});
}

function optionsFor(id: string): DownloadOptions {
	return { ...plainOptions, preset: id, layout: presetOf(id)!.layouts[0] };
}

function pathsFor(id: string, ...shoots: FinishedShoot[]): string[] {
	return planDownload(shoots, optionsFor(id)).favorites.flatMap(pathsOf);
}

const jane = shoot(1, 'j.doe@contoso.com');
const otherJane = shoot(2, 'J.Doe@fabrikam.com');

test('each has the name that its users know', () => {
	for (const { name } of presets) expect(name).toMatch(/^\p{Lu}/u);
	expect(presetOf('myspace')).toBeNull();
});

test.each(presets)('$id says where its demands are documented', ({ id, sources, demands }) => {
	expect(sources).not.toHaveLength(0);
	expect(id).toMatch(/^[a-z-]+$/);
	for (const source of sources) expect(new URL(source).protocol).toBe('https:');
	expect(demands).toMatch(/\.$/);
});

test.each<[string, string]>([
	['entra', 'j.doe.jpg'],
	['google-workspace', 'j.doe@contoso.com.jpg'],
	['slack', 'j.doe@contoso.com.jpg'],
	['okta-ad', 'j.doe@contoso.com.jpg'],
	['successfactors', 'j_doe_contoso_com.jpg'],
	['bamboohr', 'j.doe@contoso.com.jpg'],
	['hibob', 'j.doe@contoso.com.jpg'],
	['namely', 'j.doe@contoso.com.jpg'],
	['plumm', 'j.doe@contoso.com.jpg'],
])('%s: j.doe@contoso.com is %s', (id, path) => {
	expect(pathsFor(id, jane)).toEqual([path]);
});

test('no preset is left out above', () => expect(presets).toHaveLength(9));

test.each<[string, [width: number, height: number], minSide: number, maxBytes: number | null]>([
	['entra', [648, 648], 0, 4_000_000],
	['google-workspace', [500, 500], 0, 100_000],
	['slack', [1024, 1024], 512, null],
	['okta-ad', [96, 96], 0, 100_000],
	['successfactors', [180, 240], 0, 2_000_000],
	['bamboohr', [1024, 1024], 0, 20_000_000],
])('%s: %j px, at least %i, at most %j bytes', (id, [width, height], minSide, maxBytes) => {
	const make = makeFor('headshot', { ...optionsFor(id), size: { side: 20, shape: 'square' }, maxBytes: 9 });
	expect(make).toEqual({ frame: { width, height }, minSide, maxBytes, crop: 'head', quality: 0.95 });
	// And the person is told so.
	const { demands } = presetOf(id)!;
	if (minSide > 0) expect(demands).toContain(`${minSide} to ${width} px`);
	if (maxBytes !== null) expect(demands).toContain(formatBytes(maxBytes));
	if (width < 1000) expect(demands).toContain(`${width} × ${height} px`);
});

describe('options for another system', () => {
	const pfps: DownloadOptions = { ...plainOptions, layout: 'flat-pfp', quality: 0.8, index: true };

	test('are the same in all else', () => {
		expect(withPreset(pfps, 'slack')).toEqual({ ...pfps, preset: 'slack' });
		expect(withPreset({ ...pfps, preset: 'slack' }, null)).toEqual(pfps);
		expect(withPreset(pfps, 'myspace').layout).toBe('flat-pfp');
	});

	test('change the picture only where it can’t be used', () => {
		expect(withPreset(plainOptions, 'slack').layout).toBe('flat-pfp');
		expect(withPreset({ ...pfps, layout: 'flat-headshot' }, 'slack').layout).toBe('flat-headshot');
		expect(withPreset(pfps, 'successfactors').layout).toBe('flat-headshot');
	});
});

describe('Microsoft 365', () => {
	test('two domains that share a local part have a folder each, as the script takes one domain at a time', () => {
		expect(pathsFor('entra', jane, otherJane)).toEqual(['contoso.com/j.doe.jpg', 'fabrikam.com/J.Doe.jpg']);
	});

	test('a domain’s folder never has the name of a file beside it', () => {
		const shoots = [shoot(1, 'ada@INDEX.csv'), shoot(2, 'bo@x.com')];
		const paths = (options: Partial<DownloadOptions>) =>
			planDownload(shoots, { ...optionsFor('entra'), ...options }).favorites.flatMap(pathsOf);
		expect(paths({ index: false })).toEqual(['index.csv/ada.jpg', 'x.com/bo.jpg']);
		expect(paths({ index: true })).toEqual(['index.csv (2)/ada.jpg', 'x.com/bo.jpg']);
	});

	test('who has no domain stands in the root, and makes no second one', () => {
		const nobody = shoot(3, 'nobody');
		expect(pathsFor('entra', jane, nobody)).toEqual(['j.doe.jpg', 'Member 3.jpg']);
		expect(pathsFor('entra', jane, otherJane, nobody).at(-1)).toBe('Member 3.jpg');
	});

	test('a file in the root never has the name of a domain’s folder', () => {
		const paths = pathsFor('entra', jane, shoot(2, 'a@photo.jpg'), shoot(3, null, { name: 'photo' }));
		expect(paths).toEqual(['contoso.com/j.doe.jpg', 'photo.jpg/a.jpg', 'photo (2).jpg']);
	});

	test('who can’t be matched is counted: no e-mail, a changed name, a second favorite', () => {
		const again = shoot(3, 'j.doe@contoso.com', { memberId: 'member-1', finishedAt: 9 });
		const { favorites, notes } = planDownload(
			[jane, again, shoot(4, null), shoot(5, 'con@contoso.com')],
			optionsFor('entra'),
		);
		expect(favorites.flatMap(pathsOf)).toEqual(['j.doe (2).jpg', 'j.doe.jpg', 'Member 4.jpg', '_con.jpg']);
		expect(notes).toEqual([expect.stringMatching(/^3 files can’t be matched by Microsoft 365/)]);
	});
});

describe('SAP SuccessFactors', () => {
	test('who can’t be matched by photos.csv is counted: no e-mail, a second favorite', () => {
		const again = shoot(3, 'j.doe@contoso.com', { memberId: 'member-1', finishedAt: 9 });
		const options = optionsFor('successfactors');
		expect(planDownload([jane, again, shoot(4, null), shoot(5, 'con@contoso.com')], options).notes).toEqual([
			'2 files can’t be matched by SAP SuccessFactors: no usable e-mail, or a second favorite of one member.',
		]);
		expect(planDownload([jane, otherJane], options).notes).toEqual([]);
	});

	test('names are letters, digits and _ only, and differ', () => {
		const paths = pathsFor(
			'successfactors',
			shoot(1, 'zoë.o’neil+x@contoso.com'),
			shoot(2, 'a.b@x.com'),
			shoot(3, 'a_b@x.com'),
			shoot(4, null, { name: '林' }),
			shoot(5, null, { name: '–' }),
		);
		expect(paths).toEqual([
			'zoe_o_neil_x_contoso_com.jpg',
			'a_b_x_com.jpg',
			'a_b_x_com_2.jpg',
			'member.jpg',
			'member_2.jpg',
		]);
	});
});

test('Plumm: more than 1,000 at a time is worth a word', () => {
	const many = Array.from({ length: 1001 }, (_, n) => shoot(n, `${n}@x.com`));
	expect(planDownload(many, optionsFor('plumm')).notes).toEqual([
		'Plumm takes 1,000 pictures at a time, and these are 1,001: download them team by team.',
	]);
	expect(planDownload(many.slice(1), optionsFor('plumm')).notes).toEqual([]);
});
