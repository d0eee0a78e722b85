import type { IncomingHttpHeaders } from 'node:http';
import type { Shoot } from '../../backend/stand-in.ts';
import { chromiumArgs } from '../../browser/launch.ts';
import { favorites, nameOf } from '../support/company.ts';
import { expectContents } from '../support/contents.ts';
import { expect, test } from '../support/fixtures.ts';
import { photoRequests, triesFor } from '../support/requests.ts';

// A name that isn't loopback, and leads to this machine all the same.
const unencrypted = 'photos.example';
test.use({
	launchOptions: {
		args: [...chromiumArgs, `--host-resolver-rules=MAP ${unencrypted} 127.0.0.1`],
		...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
	},
});

function expectNoCredential(headers: IncomingHttpHeaders | undefined): void {
	expect(headers).toBeDefined();
	for (const name of ['cookie', 'authorization', 'referer']) expect(headers).not.toHaveProperty(name);
}

test('given photos that moved, here and to another host, when they are fetched, then redirects are followed without any credential', async ({
	openAdmin,
	startPhotoHost,
	page,
}) => {
	const admin = await openAdmin({ members: 4 });
	const { standIn } = admin;
	const [here, there] = favorites(standIn) as [Shoot, Shoot];
	const bytes = await standIn.bytesOf(there.id, 'headshot');
	const host = await startPhotoHost((response) => void response.end(bytes));
	// Whoever lets credentials go along sends this one.
	const cookie = { name: 'photo_session', value: 'secret', sameSite: 'None', secure: true } as const;
	await page.context().addCookies([{ ...cookie, url: standIn.photoOrigin }]);
	standIn.faults.add(
		{ kind: 'redirect', tries: 1, shootId: here.id, file: 'headshot' },
		{ kind: 'redirect', to: `${host.origin}/moved`, shootId: there.id, file: 'headshot' },
	);

	const archive = await admin.downloadFavorites();
	await admin.expectOutcome('4 of 4 members saved');
	await expectContents(archive, standIn);
	expect(triesFor(standIn, here).map(({ path, status }) => [path.split('/')[1], status])).toEqual([
		['shoots', 302],
		['copies', 200],
	]);
	for (const { headers } of photoRequests(standIn)) expectNoCredential(headers);
	expect(host.asked).toHaveLength(1);
	expectNoCredential(host.asked[0]?.headers);
});

test('given photos behind an unencrypted address, named or redirected to, when they are fetched, then they are refused and that host is never asked', async ({
	openAdmin,
	startPhotoHost,
}) => {
	const admin = await openAdmin({ members: 4 });
	const { standIn } = admin;
	const [named, redirected] = favorites(standIn) as [Shoot, Shoot];
	const bytes = await standIn.bytesOf(redirected.id, 'headshot');
	const host = await startPhotoHost((response) => void response.end(bytes));
	const url = (path: string) => `http://${unencrypted}:${host.port}/${path}`;
	standIn.faults.add(
		{ kind: 'wrong-url', url: url('named'), shootId: named.id, file: 'headshot' },
		{ kind: 'redirect', to: url('redirected'), shootId: redirected.id, file: 'headshot' },
	);

	const archive = await admin.downloadFavorites();
	await admin.expectOutcome('2 of 4 members saved; 2 files failed');
	const reason = 'The address of the photo is not encrypted (https).';
	await admin.expectFailure(nameOf(standIn, named), 'headshot.jpg', reason);
	// The policy stops the redirect before the page can see where it led.
	await admin.expectFailure(
		nameOf(standIn, redirected),
		'headshot.jpg',
		'The photo host could not be reached.',
	);
	await expectContents(archive, standIn, [
		{ shoot: named, file: 'headshot' },
		{ shoot: redirected, file: 'headshot' },
	]);
	expect(host.asked).toEqual([]);
});

test('given a photo host that leaves CORS out, when it heals by the fourth try, then the photo is saved, and when not, the reason names CORS', async ({
	openAdmin,
}) => {
	const admin = await openAdmin({ members: 6 });
	const { standIn } = admin;
	const [lucky, lost] = favorites(standIn) as [Shoot, Shoot];
	standIn.faults.add(
		{ kind: 'no-cors', tries: 3, shootId: lucky.id, file: 'headshot' },
		{ kind: 'no-cors', shootId: lost.id, file: 'headshot' },
	);
	const archive = await admin.downloadFavorites();
	await admin.expectOutcome('5 of 6 members saved; 1 file failed');
	await admin.expectFailure(nameOf(standIn, lost), 'headshot.jpg', 'Blocked by the photo host (CORS).');
	await expectContents(archive, standIn, [{ shoot: lost, file: 'headshot' }]);
	expect(triesFor(standIn, lucky)).toHaveLength(4);
	expect(triesFor(standIn, lost)).toHaveLength(4);
});
