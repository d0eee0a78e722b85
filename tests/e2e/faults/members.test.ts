import { photoId } from '../../backend/company.ts';
import type { Company, Shoot, StandIn } from '../../backend/stand-in.ts';
import { favorites, folderOf, nameOf } from '../support/company.ts';
import { expectContents } from '../support/contents.ts';
import { expect, test } from '../support/fixtures.ts';
import type { PhotoHost } from '../support/photo-host.ts';

test.use({ serviceWorkers: 'allow' });

type Part = 'email' | 'title' | 'name' | 'favorite' | 'profile picture';

/** Member 0 to 7: what each lacks, and the folder that it gets all the same. */
const cast: { lacks: Part[]; folder: (shoot: Shoot) => string }[] = [
	{ lacks: [], folder: () => '0@example.com - Title 0' },
	{ lacks: ['email'], folder: () => 'Title 1' },
	{ lacks: ['title'], folder: () => '2@example.com' },
	{ lacks: ['name'], folder: () => '3@example.com - Title 3' },
	{ lacks: ['email', 'title'], folder: () => 'Member 4' },
	{ lacks: ['email', 'title', 'name'], folder: ({ id }) => `member-${id}` },
	{ lacks: ['favorite'], folder: () => 'none' },
	{ lacks: ['profile picture'], folder: () => '7@example.com - Title 7' },
];

function play({ members, shoots }: Company): void {
	for (const [place, { lacks }] of cast.entries()) {
		const [member, shoot] = [members[place]!, shoots[place]!];
		const unless = (part: Part, text: string) => (lacks.includes(part) ? null : text);
		member.email = shoot.email = unless('email', `${place}@example.com`);
		member.name = unless('name', `Member ${place}`);
		shoot.title = unless('title', `Title ${place}`);
		if (lacks.includes('favorite')) shoot.favoriteId = null;
		if (lacks.includes('profile picture')) shoot.profilePicture = null;
	}
}

test('given members who lack an e-mail, a title, a name, a favorite or a profile picture, when all are downloaded, then each has the right folder and files', async ({
	openAdmin,
}) => {
	const admin = await openAdmin({ members: cast.length, edit: play });
	const archive = await admin.downloadFavorites();
	await admin.expectOutcome('7 of 7 members saved');
	const paths = cast.flatMap(({ lacks, folder }, place) => {
		if (lacks.includes('favorite')) return [];
		const files = lacks.includes('profile picture') ? ['headshot.jpg'] : ['headshot.jpg', 'pfp.jpg'];
		return files.map((file) => `${folder(admin.standIn.company.shoots[place]!)}/${file}`);
	});
	expect(archive.paths).toEqual(paths.sort());
	await admin.expectNote('1 finished member has chosen no favorite yet.');
	await admin.expectNote('Member 7 has no profile picture, so the folder holds the headshot only.');
});

test('given one member with two favorites, when all are downloaded, then each has a folder of its own and nothing is overwritten', async ({
	openAdmin,
}) => {
	const id = 'f'.repeat(24);
	const admin = await openAdmin({
		members: 4,
		edit(company) {
			const [first] = company.shoots as [Shoot];
			company.shoots.push({
				...first,
				id,
				favoriteId: photoId(id, 0),
				finishedAt: '2020-02-02T02:02:02.000Z',
			});
		},
	});
	const { standIn } = admin;
	const first = standIn.company.shoots[0]!;
	const archive = await admin.downloadFavorites();
	await admin.expectOutcome('4 of 4 members saved');
	const folder = `${first.email} - ${first.title}`;
	expect(archive.folders).toHaveLength(5);
	expect(archive.folders).toEqual(expect.arrayContaining([folder, `${folder} (2)`]));
	await expectContents(archive, standIn);
	const [one, two] = await Promise.all([
		archive.bytes(`${folder}/headshot.jpg`),
		archive.bytes(`${folder} (2)/headshot.jpg`),
	]);
	expect(one.equals(two)).toBe(false);
});

const changes: { given: string; change: (standIn: StandIn, shoot: Shoot) => void; says: string }[] = [
	{
		given: 'a shoot that is reset',
		change: ({ company }, shoot) => company.retry(shoot.id),
		says: 'The member has no favorite any more.',
	},
	{
		given: 'a shoot that is deleted',
		change: ({ company }, shoot) => void company.shoots.splice(company.shoots.indexOf(shoot), 1),
		says: 'The photo shoot was reset or deleted meanwhile.',
	},
	{
		given: 'a member who chooses another favorite',
		change: ({ company }, shoot) => company.choose(shoot.id, 1),
		says: 'The member chose another favorite meanwhile.',
	},
];

for (const { given, change, says } of changes) {
	test(`given ${given} while a download runs, when the old links are refused, then both files fail with that reason, and the rest is saved`, async ({
		openAdmin,
		startPhotoHost,
	}) => {
		const admin = await openAdmin({ members: 4 });
		const { standIn } = admin;
		const [shoot, ...others] = favorites(standIn) as [Shoot, ...Shoot[]];
		const name = nameOf(standIn, shoot);
		const host: PhotoHost = await startPhotoHost((response) => {
			if (host.asked.length === 1) change(standIn, shoot);
			response.writeHead(403).end();
		});
		for (const file of ['headshot', 'pfp'] as const) {
			standIn.faults.add({ kind: 'wrong-url', shootId: shoot.id, file, url: `${host.origin}/${file}` });
		}
		const folders = others.map((one) => folderOf(standIn, one)).sort();

		const archive = await admin.downloadFavorites();
		await admin.expectOutcome('3 of 4 members saved; 2 files failed');
		await admin.expectFailure(name, 'headshot.jpg', says);
		await admin.expectFailure(name, 'pfp.jpg', says);
		expect(archive.folders).toEqual(folders);
		expect(archive.paths).toHaveLength(6);
	});
}

test('given more than fits into one archive, when all are downloaded, then a sentence says so and no file is offered', async ({
	openAdmin,
}) => {
	const admin = await openAdmin({ members: 8, limits: { maxArchiveBytes: 300_000 } });
	await admin.expectNoDownload(async () => {
		await admin.startDownload();
		await admin.expectOutcome('The download stopped. Nothing was saved.');
		await expect(admin.dialog.getByText(/^These photos are more than fits into one archive/)).toBeVisible();
	});
	await expect.poll(() => admin.standIn.inFlight()).toBe(0);
	await expect.poll(() => admin.page.workers()).toHaveLength(0);
});

test('given more photos than memory may hold and no files to hold them, when favorites are downloaded, then a warning comes before the first byte', async ({
	openAdmin,
	complaints,
}) => {
	// Only a worker can write such files.
	const policy = "frame-ancestors 'none'; worker-src 'none'";
	const admin = await openAdmin({
		members: 180,
		faults: [{ kind: 'stall', before: true }],
		pageHeaders: { 'Content-Security-Policy': policy },
	});
	await admin.startDownload();
	await expect(admin.dialog.getByText(/held in memory, about 540 MB/)).toBeVisible();
	expect(admin.standIn.log.filter(({ host, bytes }) => host === 'photo' && bytes > 0)).toEqual([]);
	await admin.cancelButton.click();
	await admin.expectOutcome('Download cancelled. Nothing was saved.');
	// The browser's own lines: of the service worker, and of the download's worker.
	const line = expect.stringContaining('worker-src');
	expect(complaints.splice(0)).toEqual([line, line]);
});
