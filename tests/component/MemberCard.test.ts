import '@testing-library/svelte/vitest';
import '../../src/app.css';
import { render } from '@testing-library/svelte';
import { page } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import MemberCard from '$lib/members/MemberCard.svelte';
import type { FinishedShoot } from '$lib/members/member';

/** Any picture of the test's own server: a card asks no other kind of address. */
const pixel = new URL('../../tests/pictures/finished-light.webp', import.meta.url).href;

function shoot(url: string, expiresAt: number | null = null): FinishedShoot {
	const picture = { url, expiresAt };
	return {
		id: 'a',
		memberId: 'a',
		email: 'ada@example.com',
		name: 'Ada Lovelace',
		title: 'Analyst',
		team: { id: 't', name: 'Engines' },
		finishedAt: 0,
		favorite: { photoId: 'p', headshot: picture, thumbnail: picture, profilePicture: { kind: 'none' } },
	};
}

test('it shows the favorite, requested with CORS', async () => {
	render(MemberCard, { shoot: shoot(pixel), showTeam: true });
	const picture = page.getByRole('img', { name: 'Ada Lovelace’s favorite headshot' });
	await expect.element(picture).toHaveAttribute('crossorigin', 'anonymous');
	await expect.element(page.getByText('AL', { exact: true })).not.toBeInTheDocument();
	await expect.element(page.getByText('Engines')).toBeVisible();
});

test('initials stand in for a picture that fails, until there is another URL', async () => {
	const onexpired = vi.fn();
	const { rerender } = render(MemberCard, { shoot: shoot('/missing.jpg'), onexpired });
	await expect.element(page.getByText('AL', { exact: true })).toBeVisible();
	await expect.element(page.getByRole('img')).not.toBeInTheDocument();
	expect(onexpired).not.toHaveBeenCalled();
	await rerender({ shoot: shoot(pixel) });
	await expect.element(page.getByRole('img')).toBeInTheDocument();
});

test('a picture whose signed URL has run out is reported', async () => {
	const onexpired = vi.fn();
	render(MemberCard, { shoot: shoot('/missing.jpg', Date.now() - 1000), onexpired });
	await expect.poll(() => onexpired.mock.calls.length).toBe(1);
});

test('without a name the e-mail is the heading, written once', async () => {
	render(MemberCard, { shoot: { ...shoot(pixel), name: null } });
	await expect.element(page.getByRole('heading', { name: 'ada@example.com' })).toBeVisible();
	expect(page.getByText('ada@example.com').elements()).toHaveLength(1);
});
