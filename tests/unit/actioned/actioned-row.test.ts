import { expect, test } from 'vitest';
import { changeInWords, whoIs } from '$lib/actioned/row';
import { marker } from './marker-helpers.ts';
import { favorite, finishedShoot } from '../members/people-helpers.ts';

const kept = marker('a', { email: 'kept@example.com', name: 'Kept' });

function who(marker: typeof kept, shoot: ReturnType<typeof finishedShoot> | null) {
	return whoIs({ marker, shoot, changed: false });
}

test('who is on the roster is who the roster says', () => {
	const shoot = finishedShoot('a', { name: 'Ada', title: 'Countess' });
	expect(who(kept, shoot)).toEqual({ name: 'Ada', email: 'a@example.com', title: 'Countess' });
});

test('who has left it is who the marker has kept', () => {
	expect(who(kept, null)).toEqual({ name: 'Kept', email: 'kept@example.com', title: null });
});

test('what the roster does not know, the marker tells', () => {
	const shoot = finishedShoot('a', { name: null, email: null });
	expect(who(kept, shoot)).toMatchObject({ name: 'Kept', email: 'kept@example.com' });
});

test.each([
	['the e-mail', { email: 'a@example.com', title: 'Countess' }, 'a@example.com', null, 'Countess'],
	['the title', { email: null, title: 'Countess' }, 'Countess', null, null],
	['the number', { email: null, title: null }, 'member-a', null, null],
])('without a name it is %s, which is not said twice', (_, known, name, email, title) => {
	const nameless = marker('a', { email: null, name: null });
	expect(who(nameless, finishedShoot('a', { name: null, ...known }))).toEqual({ name, email, title });
});

test.each([
	['photo-1', 'photo-2', 'Chose another favorite since'],
	[null, 'photo-2', 'Chose a favorite since'],
	['photo-1', null, 'Has no favorite any more'],
])('the favorite that was %s and is %s: %s', (then, now, words) => {
	const shoot = finishedShoot('a', { favorite: now === null ? null : favorite({ photoId: now }) });
	expect(changeInWords({ marker: marker('a', { photoId: then }), shoot, changed: true })).toBe(words);
});
