import { describe, expect, test } from 'vitest';
import { freshPhoto } from '$lib/members/fresh-photo';
import type { FavoritePlan } from '$lib/download/job/plan';
import { PhotoError } from '$lib/photos/errors';
import type { StandInOptions } from '../../backend/stand-in.ts';
import { never, rejection, startBackend } from '../backend/client-helpers.ts';

/** A favorite as it was planned, and what the backend says of it now. */
async function planned(options: StandInOptions = {}) {
	const { standIn, backend } = await startBackend({ members: 2, ...options });
	const shoot = standIn.company.shoots[0]!;
	const plan: FavoritePlan = {
		shootId: shoot.id,
		photoId: shoot.favoriteId!,
		picture: null,
		memberKey: 'member-1',
		member: 'Ada',
		email: null,
		about: { name: 'Ada', title: null, team: null, finishedAt: null },
		folder: 'Ada',
		isLatest: true,
		tasks: [],
	};
	const ask = (photo: 'headshot' | 'profile-picture', signal = never) =>
		freshPhoto(backend, plan, photo, signal);
	const refusal = async (photo: 'headshot' | 'profile-picture') => {
		const error = await rejection(ask(photo));
		expect(error).toBeInstanceOf(PhotoError);
		return (error as PhotoError).message;
	};
	return { standIn, company: standIn.company, shoot, ask, refusal };
}

const both = ['headshot', 'profile-picture'] as const;

test.each(both)('a fresh link to the %s works', async (photo) => {
	const { ask } = await planned();
	const { url, expiresAt } = await ask(photo);
	expect((await fetch(url)).status).toBe(200);
	expect(expiresAt).toBeGreaterThan(Date.now());
});

describe.each(both)('the %s is not to be had', (photo) => {
	test('when the member has taken the choice back', async () => {
		const { company, shoot, refusal } = await planned();
		company.choose(shoot.id, null);
		expect(await refusal(photo)).toBe('The member has no favorite any more.');
	});

	test('when the member has chosen another: two photos never share a folder', async () => {
		const { company, shoot, refusal } = await planned();
		const other = company.photosOf(shoot.id).findIndex(({ id }) => id !== shoot.favoriteId);
		company.choose(shoot.id, other);
		expect(await refusal(photo)).toBe('The member chose another favorite meanwhile.');
	});

	test('when the shoot was reset', async () => {
		const { company, shoot, refusal } = await planned();
		company.retry(shoot.id);
		expect(await refusal(photo)).toBe('The member has no favorite any more.');
	});

	test('when the shoot was deleted', async () => {
		const { company, shoot, refusal } = await planned();
		company.shoots = company.shoots.filter((one) => one !== shoot);
		expect(await refusal(photo)).toBe('The photo shoot was reset or deleted meanwhile.');
	});

	test('when the backend fails: it says how', async () => {
		const { standIn, refusal } = await planned();
		standIn.faults.add({ kind: 'status', status: 500, api: /photos\/favorite$/ });
		expect(await refusal(photo)).toBe('Its link has expired, and there is no fresh one: Status 500');
	});

	test('when the backend answers with nonsense: it says so', async () => {
		const { standIn, refusal } = await planned();
		standIn.faults.add({ kind: 'raw', body: '{"success":true,"photo":[]}', api: /photos\/favorite$/ });
		expect(await refusal(photo)).toMatch(/^Its link has expired.*could not be read\.$/);
	});
});

test('a profile picture that is gone is not to be had', async () => {
	const { shoot, refusal } = await planned();
	shoot.profilePicture = null;
	expect(await refusal('profile-picture')).toBe('The member has no profile picture any more.');
});

test('where the backend lacks the call for profile pictures, it says so', async () => {
	const { refusal } = await planned({ without: ['profile-picture'] });
	expect(await refusal('profile-picture')).toBe('Its link has expired, and this backend gives no fresh one.');
});

describe.each(both)('asking for the %s', (photo) => {
	test('signed out is the whole job’s matter, not this photo’s', async () => {
		const { standIn, ask } = await planned();
		standIn.signOut();
		expect(await rejection(ask(photo))).toMatchObject({ name: 'BackendError', code: 'unauthorized' });
	});

	test('an abort rejects with the reason', async () => {
		const { ask } = await planned();
		const reason = new Error('cancelled');
		expect(await rejection(ask(photo, AbortSignal.abort(reason)))).toBe(reason);
	});
});
