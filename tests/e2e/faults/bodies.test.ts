import type { Fault } from '../../backend/stand-in.ts';
import { favorites, nameOf } from '../support/company.ts';
import { expectContents } from '../support/contents.ts';
import { expect, test } from '../support/fixtures.ts';
import { photoRequests, triesFor } from '../support/requests.ts';

type Spoilt = { given: string; fault: Pick<Fault, 'kind'> & Record<string, unknown>; reason: string };

const brokenOff = 'The photo host broke off in the middle of the photo.';
const noPhoto = 'What the photo host sent is not a photo (JPEG, PNG or WebP).';
const empty = 'The photo host sent an empty file.';

const spoilt: Spoilt[] = [
	{ given: 'that breaks off before its Content-Length', fault: { kind: 'cut-length' }, reason: brokenOff },
	{ given: 'that breaks off between its chunks', fault: { kind: 'cut-chunked' }, reason: brokenOff },
	{
		given: 'that ends early and politely, so that the fetch resolves short',
		fault: { kind: 'cut-close' },
		reason: 'The photo arrived cut short.',
	},
	{ given: 'that arrives empty', fault: { kind: 'empty' }, reason: empty },
	{ given: 'that is answered with 204', fault: { kind: 'no-content' }, reason: empty },
	{ given: 'that is a sign-in page with status 200', fault: { kind: 'html' }, reason: noPhoto },
	{
		given: 'that is a sign-in page calling itself a JPEG',
		fault: { kind: 'html', contentType: 'image/jpeg' },
		reason: noPhoto,
	},
	{ given: 'that is an SVG calling itself a JPEG', fault: { kind: 'svg' }, reason: noPhoto },
];

for (const { given, fault, reason } of spoilt) {
	test(`given a photo ${given}, when the fourth try brings it, then it is saved, and when none does, it fails alone`, async ({
		openAdmin,
	}) => {
		const admin = await openAdmin({ members: 6 });
		const { standIn } = admin;
		const [lucky, lost] = favorites(standIn) as [never, never];
		const spoil = (shoot: { id: string }, tries?: number) =>
			standIn.faults.add({ ...fault, shootId: shoot.id, file: 'headshot', tries } as Fault);
		spoil(lucky, 3);
		spoil(lost);

		const archive = await admin.downloadFavorites();
		await admin.expectOutcome('5 of 6 members saved; 1 file failed');
		await expect(admin.failures).toHaveCount(1);
		await admin.expectFailure(nameOf(standIn, lost), 'headshot.jpg', reason);
		await expectContents(archive, standIn, [{ shoot: lost, file: 'headshot' }]);
		expect(triesFor(standIn, lucky)).toHaveLength(4);
		expect(triesFor(standIn, lost)).toHaveLength(4);
		expect(photoRequests(standIn)).toHaveLength(10 + 4 + 4);
	});
}

test('given photos sent with gzip and the length of the packed bytes, when they are fetched, then nothing is wrong', async ({
	openAdmin,
}) => {
	const admin = await openAdmin({ members: 6 });
	const { standIn } = admin;
	standIn.faults.add({ kind: 'gzip', file: 'headshot' });
	const archive = await admin.downloadFavorites();
	await admin.expectOutcome('6 of 6 members saved');
	await expectContents(archive, standIn);
	expect(photoRequests(standIn)).toHaveLength(12);
	for (const shoot of favorites(standIn)) expect(triesFor(standIn, shoot)[0]?.status).toBe(200);
});
