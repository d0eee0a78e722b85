import type { Fault } from '../../backend/stand-in.ts';
import type { Admin } from '../support/fixtures.ts';
import { favorites } from '../support/company.ts';
import { expectContents } from '../support/contents.ts';
import { expect, test } from '../support/fixtures.ts';
import { callsTo, photoRequests, timesServed } from '../support/requests.ts';

const notice = (admin: Admin) => admin.dialog.getByText('You are signed out.');
const goOn = (admin: Admin) => admin.dialog.getByRole('button', { name: 'Continue' });

test('given a session that ends while links are expiring, when the admin signs in and continues, then nothing is fetched twice', async ({
	openAdmin,
	startPhotoHost,
	page,
}) => {
	const admin = await openAdmin({ members: 6 });
	const { standIn } = admin;
	const expired = favorites(standIn).slice(1, 3);
	// The links of two members lead to a host that refuses them; by then, the session is over.
	const host = await startPhotoHost((response) => {
		standIn.signOut();
		response.writeHead(403).end();
	});
	const url = `${host.origin}/expired`;
	for (const { id } of expired) standIn.faults.add({ kind: 'wrong-url', shootId: id, file: 'headshot', url });
	const askedAgain = () => expired.flatMap(({ id }) => callsTo(standIn, `${id}/photos/favorite`));

	await admin.startDownload();
	await expect(notice(admin)).toBeVisible();
	await expect.poll(() => timesServed(standIn).size).toBe(10);
	await expect.poll(() => askedAgain().length).toBe(2);

	// Continue, without having signed in: the same question again.
	await goOn(admin).click();
	await expect.poll(() => askedAgain().length).toBe(4);
	await expect(notice(admin)).toBeVisible();

	const listed = callsTo(standIn, '/photos/favorites').length;
	standIn.faults.clear();
	standIn.signIn();
	const [download] = await Promise.all([page.waitForEvent('download'), goOn(admin).click()]);
	await admin.expectOutcome('6 of 6 members saved');
	await expectContents(await admin.save(download), standIn);
	expect(photoRequests(standIn)).toHaveLength(12);
	expect([...timesServed(standIn).values()]).toEqual(Array.from({ length: 12 }, () => 1));
	expect(callsTo(standIn, '/photos/favorites')).toHaveLength(listed);
});

const endings: { given: string; fault: Fault }[] = [
	{ given: 'answers 401', fault: { kind: 'status', status: 401, api: /./, tries: 1 } },
	{ given: 'redirects to its sign-in page', fault: { kind: 'redirect', to: '/sign-in', api: /./, tries: 1 } },
];

for (const { given, fault } of endings) {
	test(`given a backend that ${given} while favorites are listed, when the admin signs in and continues, then all are saved`, async ({
		openAdmin,
		page,
	}) => {
		const admin = await openAdmin({ members: 4 });
		const { standIn } = admin;
		await admin.expectCards(4);
		standIn.faults.add(fault);
		await admin.startDownload();
		await expect(notice(admin)).toBeVisible();
		expect(photoRequests(standIn)).toHaveLength(0);
		const [download] = await Promise.all([page.waitForEvent('download'), goOn(admin).click()]);
		await admin.expectOutcome('4 of 4 members saved');
		await expectContents(await admin.save(download), standIn);
	});
}
