import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { extraFiles } from '$lib/download/job/extra-files';
import { factsOf, type FileResult } from '$lib/download/job/file-facts';
import { planDownload } from '$lib/download/job/plan';
import { readmeText } from '$lib/download/job/readme-file';
import { plainOptions, type DownloadOptions } from '$lib/download/options/options';
import type { FinishedShoot } from '$lib/members/member';
import { dimensionsOf } from '$lib/photos/dimensions';
import { readStrictly } from '../csv/csv-reader.ts';
import { favorite, finishedShoot } from '../members/people-helpers.ts';

function shoot(id: string, changed: Partial<FinishedShoot> = {}): FinishedShoot {
	return finishedShoot(id, {
		memberId: id,
		name: 'Ada "A", Lovelace',
		title: '=cmd|’/C calc’!A0',
		team: { id: 't', name: 'Märketing' },
		finishedAt: new Date(2026, 10, 2, 23, 30).getTime(),
		favorite: favorite({ photoId: `photo-${id}` }),
		...changed,
	});
}

const facts = {
	organization: 'Acme\r\nEvil',
	now: new Date(2026, 10, 24, 12).getTime(),
	filename: 'team-photos-2026-11-24.zip',
	membersSaved: 1,
	membersTotal: 2,
	files: 3,
	failed: 1,
};

test('on a page that isn’t secure, nothing but the sum is missing', async () => {
	vi.stubGlobal('crypto', {});
	onTestFinished(() => void vi.unstubAllGlobals());
	expect(await factsOf(await photo(3, 4))).toMatchObject({ width: 3, height: 4, sha256: '' });
});

function photo(width: number, height: number): Promise<Buffer> {
	return sharp({ create: { width, height, channels: 3, background: 'teal' } })
		.jpeg()
		.toBuffer();
}

/** The extra files of an archive, as text by path. */
function extras(options: DownloadOptions, results: Map<string, FileResult>, shoots: FinishedShoot[]) {
	const { favorites } = planDownload(shoots, options);
	return new Map(
		extraFiles(favorites, results, facts, options).map(({ path, bytes }) => [
			path,
			Buffer.from(bytes).toString('utf8'),
		]),
	);
}

test('the plain options add nothing', () => {
	expect(extras(plainOptions, new Map(), [shoot('ada')]).size).toBe(0);
});

test('the index has a line for each file, with the measures of its very bytes or the reason', async () => {
	const bytes = await photo(60, 90);
	const folder = 'ada@example.com - =cmd-’-C calc’!A0';
	const results = new Map<string, FileResult>([
		[`${folder}/headshot.jpg`, { kind: 'saved', facts: await factsOf(bytes) }],
		[`${folder}/pfp.jpg`, { kind: 'failed', reason: 'The photo host answered 404.' }],
	]);
	const csv = extras({ ...plainOptions, index: true }, results, [shoot('ada')]).get('index.csv')!;
	expect(csv[0]).toBe('\ufeff');
	const [header, ...rows] = readStrictly(csv.slice(1));
	const member = ['ada@example.com', 'Ada "A", Lovelace', "'=cmd|’/C calc’!A0", 'Märketing', 'photo-ada'];
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	expect(header).toEqual([
		...['Path', 'Email', 'Name', 'Title', 'Team', 'Photo ID', 'Width', 'Height', 'Bytes', 'SHA-256'],
		...['Finished date', 'Status', 'Reason'],
	]);
	expect(rows).toEqual([
		[
			...[`${folder}/headshot.jpg`, ...member],
			...['60', '90', String(bytes.length), sha256, '2026-11-02', 'Saved', ''],
		],
		[
			...[`${folder}/pfp.jpg`, ...member, '', '', '', '', '2026-11-02'],
			...['Failed', 'The photo host answered 404.'],
		],
	]);
});

test('what nobody knows is left empty in the index, and a file that was never asked for says so', () => {
	const nobody = shoot('ada', { email: null, name: null, title: null, team: null, finishedAt: null });
	const csv = extras({ ...plainOptions, index: true, files: 'pfps' }, new Map(), [nobody]).get('index.csv')!;
	expect(readStrictly(csv.slice(1))[1]).toEqual([
		...['member-ada/pfp.jpg', '', '', '', '', 'photo-ada', '', '', '', '', ''],
		...['Failed', 'It was not downloaded.'],
	]);
});

describe('the README says what the archive holds', () => {
	const readme = (changed: Partial<DownloadOptions>, its: Partial<typeof facts> = {}) =>
		readmeText({ ...facts, failed: 0, ...its }, { ...plainOptions, readme: true, ...changed })
			.slice(1)
			.split('\r\n');
	const top = [
		'team-photos-2026-11-24.zip',
		'',
		'Headshots of Acme Evil, downloaded on Nov 24, 2026.',
		'3 photos; 1 of 2 members complete.',
		'',
	];
	const headshot = '  headshot.jpg: the full headshot';
	const pfp = '  pfp.jpg: the square profile picture';

	test.each<[string, Partial<DownloadOptions>, string[]]>([
		['folders', {}, ['Each member has a folder:', headshot, pfp]],
		['headshots', { files: 'headshots' }, ['Each member has a folder:', headshot]],
		['profile pictures', { files: 'pfps' }, ['Each member has a folder:', pfp]],
		['files of headshots', { layout: 'flat-headshot' }, ['Each file is one member’s headshot.']],
		['files of pictures', { layout: 'flat-pfp' }, ['Each file is one member’s profile picture.']],
		[
			'an index beside them',
			{ layout: 'flat-pfp', index: true },
			['Each file is one member’s profile picture.', 'index.csv: a line for each photo'],
		],
		[
			'what a system asks for',
			{ layout: 'flat-pfp', preset: 'hibob' },
			[
				'Each file is one member’s profile picture.',
				'',
				'Made for HiBob. Upload the ZIP as it is, and match by work e-mail: each file is named after it.',
				'https://help.hibob.com/hc/en-us/articles/4532656636177',
			],
		],
	])('%s', (_, options, rest) => {
		expect(readme(options)).toEqual([...top, ...rest, '']);
	});

	test('without an index nothing says why a photo failed; nobody’s photos are nobody’s', () => {
		expect(readme({}, { failed: 2 })[4]).toBe('2 photos could not be downloaded.');
		const unknown = { ...facts, organization: null, filename: ' \na.zip ' };
		expect(readmeText(unknown, plainOptions).slice(1).split('\r\n').slice(0, 3)).toEqual([
			'a.zip',
			'',
			'Headshots, downloaded on Nov 24, 2026.',
		]);
	});
});

test('the README is short, in CRLF, and no name of a customer begins a line', () => {
	const text = extras({ ...plainOptions, index: true, readme: true }, new Map(), []).get('README.txt')!;
	expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
	expect(text.slice(1).split('\r\n').slice(0, 5)).toEqual([
		'team-photos-2026-11-24.zip',
		'',
		'Headshots of Acme Evil, downloaded on Nov 24, 2026.',
		'3 photos; 1 of 2 members complete.',
		'1 photo could not be downloaded. index.csv says why.',
	]);
});

describe('a system’s own CSV', () => {
	const saved: FileResult = { kind: 'saved', facts: { width: 1, height: 1, bytes: 1, sha256: '' } };

	test('SuccessFactors: Username and Filename of each photo that is there, one a member, whose e-mail may be unknown', () => {
		const options: DownloadOptions = {
			...plainOptions,
			layout: 'flat-headshot',
			preset: 'successfactors',
		};
		const results = new Map<string, FileResult>([
			['ada_example_com.jpg', saved],
			['ada_example_com_2.jpg', saved],
			['bo_example_com.jpg', { kind: 'failed', reason: 'Gone.' }],
			['Cy.jpg', saved],
		]);
		const shoots = [
			shoot('ada'),
			shoot('ada', { finishedAt: 5 }),
			shoot('bo'),
			shoot('cy', { email: null, title: null, name: 'Cy' }),
		];
		const files = extras(options, results, shoots);
		expect([...files.keys()]).toEqual(['photos.csv']);
		expect(readStrictly(files.get('photos.csv')!)).toEqual([
			['Username', 'Filename'],
			['ada@example.com', 'ada_example_com.jpg'],
			['', 'Cy.jpg'],
		]);
	});

	test('Namely: Company email and the file’s name', () => {
		const options: DownloadOptions = { ...plainOptions, layout: 'flat-pfp', preset: 'namely', readme: true };
		const files = extras(options, new Map([['ada@example.com.jpg', saved]]), [shoot('ada'), shoot('bo')]);
		// Nothing has come of Bo's yet.
		expect(readStrictly(files.get('namely.csv')!)).toEqual([
			['Company email', 'Profile photo'],
			['ada@example.com', 'ada@example.com.jpg'],
		]);
		expect(files.get('README.txt')).toContain('Made for Namely. For General Import');
	});
});

describe('the size of a picture', () => {
	const canvas = (width: number, height: number) =>
		sharp({ create: { width, height, channels: 4, background: '#0884' } });

	test.each([
		[1, 1],
		[2400, 3000],
		[641, 97],
	])('%i × %i px, in JPEG, progressive JPEG and PNG', async (width, height) => {
		for (const picture of [
			canvas(width, height).jpeg(),
			canvas(width, height).jpeg({ progressive: true }).withMetadata({ orientation: 6 }),
			canvas(width, height).png(),
		]) {
			expect(dimensionsOf(await picture.toBuffer())).toEqual({ width, height });
		}
	});

	test('is unknown of what is cut off before it, or no such picture', async () => {
		const whole = await canvas(30, 40).jpeg().toBuffer();
		const png = await canvas(30, 40).png().toBuffer();
		for (const cut of [0, 1, 2, 3, 10, 20]) {
			expect(dimensionsOf(whole.subarray(0, cut))).toBeNull();
			expect(dimensionsOf(png.subarray(0, cut))).toBeNull();
		}
		expect(dimensionsOf(await canvas(30, 40).webp().toBuffer())).toBeNull();
		for (let seed = 0; seed < 500; seed++) {
			const noise = createHash('sha512').update(String(seed)).digest();
			expect(() => dimensionsOf(Buffer.concat([whole.subarray(0, 2), noise]))).not.toThrow();
		}
	});
});
