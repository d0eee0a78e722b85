import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pathsOf, planDownload } from '$lib/download/job/plan';
import { plainOptions, type DownloadOptions } from '$lib/download/options/options';
import type { FinishedShoot, ProfilePicture } from '$lib/members/member';
import { FileNames, type FileRule } from '$lib/members/names';

const signed = (name: string) => ({ url: `https://cdn.example/${name}`, expiresAt: null });
const rendered: ProfilePicture = { kind: 'rendered', ...signed('pfp') };

function shoot(changed: Partial<FinishedShoot> = {}, profilePicture = rendered): FinishedShoot {
	return {
		id: 'model-1',
		memberId: 'member-1',
		email: 'ada@example.com',
		name: 'Ada',
		title: null,
		team: null,
		finishedAt: null,
		favorite: { photoId: 'p', headshot: signed('main'), thumbnail: signed('thumb'), profilePicture },
		isTest: false,
		...changed,
	};
}

function planned(options: Partial<DownloadOptions>, ...shoots: FinishedShoot[]) {
	const { favorites, notes } = planDownload(shoots, { ...plainOptions, ...options });
	return { paths: favorites.flatMap(pathsOf), fetched: favorites.flatMap(({ tasks }) => tasks), notes };
}

describe('which pictures', () => {
	test('only headshots: no profile picture is fetched, and none is missed', () => {
		const { paths, fetched, notes } = planned({ files: 'headshots' }, shoot({}, { kind: 'none' }), shoot());
		expect(paths).toEqual(['ada@example.com/headshot.jpg', 'ada@example.com (2)/headshot.jpg']);
		expect([fetched.map(({ photo }) => photo), notes]).toEqual([['headshot', 'headshot'], []]);
	});

	test('only profile pictures: no headshot is fetched but to cut one out of it', () => {
		const { paths, fetched } = planned({ files: 'pfps' }, shoot(), shoot({}, { kind: 'own-crop' }));
		expect(paths).toEqual(['ada@example.com/pfp.jpg', 'ada@example.com (2)/pfp.jpg']);
		expect(fetched.map(({ photo }) => photo)).toEqual(['profile-picture', 'headshot']);
	});

	test('who has no profile picture has no file where only those are wanted, and a note says so', () => {
		for (const options of [{ files: 'pfps' }, { layout: 'flat-pfp' }] as const) {
			const { favorites, notes } = planDownload([shoot({}, { kind: 'none' })], {
				...plainOptions,
				...options,
			});
			expect(favorites).toEqual([]);
			expect(notes).toEqual(['Ada has no profile picture, so no file is made of it.']);
		}
	});
});

describe('flat', () => {
	test('one file a favorite, named after the e-mail; without one as a folder would be', () => {
		const shoots = [
			shoot(),
			shoot({ email: null, memberId: '2', title: 'Countess' }),
			shoot({ email: null }),
		];
		expect(planned({ layout: 'flat-headshot' }, ...shoots).paths).toEqual([
			'ada@example.com.jpg',
			'Countess.jpg',
			'Ada.jpg',
		]);
	});

	test('of a member’s favorites, the latest has the name without a number', () => {
		const shoots = [shoot({ finishedAt: 1 }), shoot({ finishedAt: 3 }), shoot({ finishedAt: 2 })];
		expect(planned({ layout: 'flat-pfp' }, ...shoots).paths).toEqual([
			'ada@example.com (2).jpg',
			'ada@example.com.jpg',
			'ada@example.com (3).jpg',
		]);
	});

	test('of two of one time the first is the latest; folders are numbered as they come', () => {
		const twice = [shoot({ finishedAt: 1 }), shoot({ finishedAt: 1 })];
		expect(planned({ layout: 'flat-pfp' }, ...twice).paths).toEqual([
			'ada@example.com.jpg',
			'ada@example.com (2).jpg',
		]);
		const { paths } = planned({ files: 'pfps' }, shoot({ finishedAt: 1 }), shoot({ finishedAt: 2 }));
		expect(paths).toEqual(['ada@example.com/pfp.jpg', 'ada@example.com (2)/pfp.jpg']);
	});
});

test('a folder never has the name of a file beside it', () => {
	const odd = [shoot({ email: null, title: 'INDEX.csv' }), shoot({ email: null, title: 'Readme.txt' })];
	const folders = (options: Partial<DownloadOptions>) =>
		planDownload(odd, { ...plainOptions, ...options }).favorites.map(({ folder }) => folder);
	expect(folders({})).toEqual(['INDEX.csv', 'Readme.txt']);
	expect(folders({ index: true, readme: true })).toEqual(['INDEX.csv (2)', 'Readme.txt (2)']);
});

describe('how files are made', () => {
	const makes = (options: Partial<DownloadOptions>, picture?: ProfilePicture) =>
		planned(options, shoot({}, picture)).fetched.flatMap(({ files }) => files.map(({ make }) => make));

	test('without a size or a weight as ever', () => {
		expect(makes({})).toEqual(['jpeg', 'jpeg']);
		expect(makes({ index: true, quality: 0.5 }, { kind: 'own-crop' })[0]).toBe('jpeg');
	});

	test('a size squares both, each in its own way', () => {
		const sized = { frame: { width: 512, height: 512 }, minSide: 0, quality: 0.95, maxBytes: null };
		expect(makes({ size: { side: 512, shape: 'square' } })).toEqual([
			{ ...sized, crop: 'head' },
			{ ...sized, crop: 'center' },
		]);
	});

	test('a weight alone keeps the whole picture, and a profile picture of our own is a square still', () => {
		const [headshot, pfp] = makes({ maxBytes: 5000 }, { kind: 'own-crop' });
		expect(headshot).toMatchObject({ frame: null, maxBytes: 5000 });
		expect(pfp).toMatchObject({ frame: { width: 1024, height: 1024 }, crop: 'head' });
	});
});

/** What is wrong with a file's name, said independently of how it was made. */
function faultsOf(name: string): string[] {
	const faults: string[] = [];
	if (Buffer.byteLength(name) > 160) faults.push('long');
	if (!/[^.].*\.jpg$/su.test(name)) faults.push('ending');
	if (name !== name.normalize('NFC') || Buffer.from(name).toString() !== name) faults.push('not NFC');
	if (/^[-.~ ]|[. ]$/u.test(name)) faults.push('edge');
	// eslint-disable-next-line no-control-regex
	if (/[<>:"/\\|?*\u0000-\u001f\u007f-\u009f\u2028\u2029]|\p{Cf}/u.test(name)) faults.push('character');
	const stem = name.split('.', 1)[0]!.trim();
	if (/^(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])$/iu.test(stem)) faults.push('device');
	return faults;
}

test.each<FileRule>(['email', 'local-part', 'plain'])(
	'whatever 10,000 members are called, each file named by %s is safe and differs from all others',
	(rule) => {
		const names = new FileNames(rule, ['index.csv']);
		const taken = new Set<string>();
		const part = fc.oneof(
			fc.string({ unit: 'binary', maxLength: 12 }),
			fc.constantFrom('con', 'CON', 'com¹', '..', '-rf', 'José', 'Jose\u0301', 'ß', 'SS', '漢'.repeat(90)),
			fc.constantFrom('__proto__', 'a\u202Egpj', ' ', 'ada', 'ADA', 'j.doe', 'nul', '\ud800', 'o’neil'),
			fc.constant(`a${'\u0301'.repeat(99)}`),
		);
		const email = fc.oneof(
			part,
			fc.tuple(part, part).map(([local, domain]) => `${local}@${domain}`),
			fc.constantFrom('ada@example.com', 'Ada@Example.com'),
		);
		fc.assert(
			fc.property(fc.option(email), fc.option(part), fc.option(part), (email, title, name) => {
				const file = names.take({ email, title, name, id: '7' });
				expect(faultsOf(file.name)).toEqual([]);
				if (rule === 'plain') expect(file.name).toMatch(/^[A-Za-z0-9_]+\.jpg$/);
				if (file.isExact && rule === 'email') expect(file.name).toBe(`${email!.trim()}.jpg`);
				const folded = file.name.normalize('NFKD').toUpperCase().toLowerCase();
				expect(taken.has(folded)).toBe(false);
				taken.add(folded);
			}),
			{ numRuns: 10_000, endOnFailure: true },
		);
	},
);
