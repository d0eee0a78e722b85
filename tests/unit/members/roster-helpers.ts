import type { RosterData } from '$lib/members/load';
import type { FinishedShoot } from '$lib/members/member';
import { Roster, type RosterState } from '$lib/members/roster.svelte';
import { deferred, settled, type Deferred } from '../backend/client-helpers.ts';

export const sales = { id: 't-1', name: 'Sales' };
const research = { id: 't-2', name: 'Research' };

export function shoot(id: string, changed: Partial<FinishedShoot> = {}): FinishedShoot {
	return {
		id,
		memberId: id,
		email: `${id}@example.com`,
		name: id,
		title: null,
		team: null,
		finishedAt: null,
		favorite: null,
		isTest: false,
		...changed,
	};
}

const signed = { url: 'https://cdn.example/x', expiresAt: null };
const favorite = {
	photoId: 'p',
	headshot: signed,
	thumbnail: signed,
	profilePicture: { kind: 'none' } as const,
};

export const whole: RosterData = {
	organization: { uid: 'o-1', name: 'Northlight Labs' },
	teams: [sales, research],
	shoots: [
		shoot('ada', { team: sales, favorite }),
		shoot('bob', { team: sales }),
		shoot('eve', { team: research, favorite }),
		shoot('joe'),
	],
	joined: [],
	invited: [],
	deleted: [],
	skipped: ['One of the models could not be read: id: missing.'],
	expected: null,
};

/** A roster, and its source, which answers when it is told to. */
export function source() {
	const loads: (Deferred<RosterData> & { signal: AbortSignal; onpart: (part: RosterData) => void })[] = [];
	const roster = new Roster(
		{
			load(signal, onpart) {
				const load = { ...deferred<RosterData>(), signal, onpart };
				loads.push(load);
				return load.promise;
			},
		},
		(error): RosterState => ({ kind: 'failed', reason: (error as Error).message }),
	);
	const answer = async (data: RosterData) => {
		loads.at(-1)?.resolve(data);
		await settled();
	};
	return { roster, loads, answer };
}

export async function loaded(data = whole) {
	const all = source();
	void all.roster.load();
	await all.answer(data);
	return all;
}
