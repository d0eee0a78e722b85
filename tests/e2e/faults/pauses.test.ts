import type { Fault, Shoot, StandIn } from '../../backend/stand-in.ts';
import { favorites, nameOf } from '../support/company.ts';
import { expectContents } from '../support/contents.ts';
import { expect, test } from '../support/fixtures.ts';
import { callsTo, photoRequests, triesFor } from '../support/requests.ts';

const paused = /Paused by the server for \d s/;
/** Photos under way at a time. */
const lanes = 6;

interface Pause {
	given: string;
	/** Made when the first request is refused. */
	asks: () => Pick<Extract<Fault, { kind: 'status' }>, 'retryAfter' | 'resetAt'>;
	status: number;
	/** How long the pause lasts at least, in ms. */
	ms: number;
}

const pauses: Pause[] = [
	{ given: '429 and Retry-After in seconds', asks: () => ({ retryAfter: 2 }), status: 429, ms: 2000 },
	{
		given: '429 and Retry-After as a date',
		// A date of HTTP is cut to whole seconds.
		asks: () => ({ retryAfter: new Date(Date.now() + 3000) }),
		status: 429,
		ms: 2000,
	},
	{
		given: '429 and X-RateLimit-Reset',
		asks: () => ({ resetAt: new Date(Date.now() + 2000) }),
		status: 429,
		ms: 2000,
	},
	{ given: '503 and Retry-After', asks: () => ({ retryAfter: 2 }), status: 503, ms: 2000 },
];

for (const { given, asks, status, ms } of pauses) {
	test(`given a photo host that answers one request with ${given}, when others wait to be fetched, then all pause, and all are saved`, async ({
		openAdmin,
	}) => {
		const admin = await openAdmin({ members: 12 });
		const { standIn } = admin;
		const [refused] = favorites(standIn) as [Shoot];
		standIn.faults.add({
			kind: 'status',
			status,
			tries: 1,
			shootId: refused.id,
			file: 'headshot',
			get retryAfter() {
				return asks().retryAfter as never;
			},
			get resetAt() {
				return asks().resetAt as never;
			},
		});

		const [archive] = await Promise.all([admin.downloadFavorites(), admin.expectWaiting(paused)]);
		await admin.expectOutcome('12 of 12 members saved');
		await expectContents(archive, standIn);
		expect(triesFor(standIn, refused).map((entry) => entry.status)).toEqual([status, 200]);
		expectPause(standIn, triesFor(standIn, refused)[0]!.at, ms);
	});
}

/** Each lane's first request, and one more before it hears of the refusal; then nobody asks until the end. */
function expectPause(standIn: StandIn, from: number, ms: number): void {
	const meanwhile = photoRequests(standIn).filter(({ at }) => at > from && at < from + ms);
	expect(meanwhile.length).toBeLessThan(2 * lanes);
	expect(meanwhile.filter(({ at }) => at > from + ms / 2)).toEqual([]);
	expect(photoRequests(standIn).filter(({ at }) => at >= from + ms).length).toBeGreaterThan(lanes);
}

test('given a photo host that says “later” without a time, when it does so three times, then the photo is saved, and when always, it fails', async ({
	openAdmin,
}) => {
	const admin = await openAdmin({ members: 6, limits: { pauses: 5 } });
	const { standIn } = admin;
	const [lucky, lost] = favorites(standIn) as [Shoot, Shoot];
	standIn.faults.add(
		{ kind: 'status', status: 429, tries: 3, shootId: lucky.id, file: 'headshot' },
		{ kind: 'status', status: 429, shootId: lost.id, file: 'headshot' },
	);
	const archive = await admin.downloadFavorites();
	await admin.expectOutcome('5 of 6 members saved; 1 file failed');
	const reason = 'The photo host kept asking to come back later (status 429).';
	await admin.expectFailure(nameOf(standIn, lost), 'headshot.jpg', reason);
	await expectContents(archive, standIn, [{ shoot: lost, file: 'headshot' }]);
	expect(triesFor(standIn, lucky)).toHaveLength(4);
	expect(triesFor(standIn, lost)).toHaveLength(6);
});

test('given a photo host that asks for an hour, when that is longer than the page waits, then it asks again after its own limit', async ({
	openAdmin,
}) => {
	const admin = await openAdmin({ members: 4, limits: { pauseCapMs: 500 } });
	const { standIn } = admin;
	const [refused] = favorites(standIn) as [Shoot];
	standIn.faults.add({
		kind: 'status',
		status: 503,
		retryAfter: 3600,
		tries: 1,
		shootId: refused.id,
		file: 'headshot',
	});
	const archive = await admin.downloadFavorites();
	await admin.expectOutcome('4 of 4 members saved');
	await expectContents(archive, standIn);
});

test('given a backend over its rate limit, when favorites are listed, then the page waits as long as it was told, and all are saved', async ({
	openAdmin,
}) => {
	const admin = await openAdmin({ members: 4 });
	const { standIn } = admin;
	await admin.expectCards(4);
	standIn.faults.add({
		kind: 'status',
		status: 429,
		code: 'RATE_LIMIT_EXCEEDED',
		retryAfter: 2,
		tries: 1,
		api: /photos\/favorites$/,
	});
	const [archive] = await Promise.all([admin.downloadFavorites(), admin.expectWaiting(paused)]);
	await admin.expectOutcome('4 of 4 members saved');
	await expectContents(archive, standIn);
	const [refused, answered] = callsTo(standIn, '/photos/favorites').slice(-2);
	expect(refused?.status).toBe(429);
	expect(answered!.at - refused!.at).toBeGreaterThanOrEqual(2000);
});
