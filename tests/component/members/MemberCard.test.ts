import '@testing-library/svelte/vitest';
import '../../../src/app.css';
import { render } from '@testing-library/svelte';
import { page } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import MemberCard from '$lib/members/MemberCard.svelte';
import type { FinishedShoot } from '$lib/members/member';

/** Any picture of the test's own server: a card asks no other kind of address. */
const pixel = new URL('../../pictures/finished-light.webp', import.meta.url).href;

const href = '/members/a?tab=headshots';

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
		isTest: false,
	};
}

/** What is drawn in the place of a picture; `null` for nothing. */
const initials = () => document.querySelector<HTMLElement>('[data-letters]')?.dataset.letters ?? null;

test('it shows the favorite, requested with CORS', async () => {
	render(MemberCard, { href, shoot: shoot(pixel), showTeam: true });
	const picture = page.getByRole('img', { name: 'Ada Lovelace’s favorite headshot' });
	await expect.element(picture).toHaveAttribute('crossorigin', 'anonymous');
	await expect.poll(initials).toBeNull();
	await expect.element(page.getByText('Engines')).toBeVisible();
});

test('initials stand in for a picture that fails, until there is another URL', async () => {
	const onexpired = vi.fn();
	const { rerender } = render(MemberCard, { href, shoot: shoot('/missing.jpg'), onexpired });
	await expect.poll(initials).toBe('AL');
	await expect.element(page.getByRole('img')).not.toBeInTheDocument();
	expect(onexpired).not.toHaveBeenCalled();
	await rerender({ shoot: shoot(pixel) });
	await expect.element(page.getByRole('img')).toBeInTheDocument();
});

test('a picture whose signed URL has run out is reported', async () => {
	const onexpired = vi.fn();
	render(MemberCard, { href, shoot: shoot('/missing.jpg', Date.now() - 1000), onexpired });
	await expect.poll(() => onexpired.mock.calls.length).toBe(1);
});

test('without a name the e-mail is the heading, written once', async () => {
	render(MemberCard, { href, shoot: { ...shoot(pixel), name: null } });
	await expect.element(page.getByRole('heading', { name: 'ada@example.com' })).toBeVisible();
	expect(page.getByText('ada@example.com').elements()).toHaveLength(1);
});

test('it leads to the results, says when it finished, and flags a test shoot', async () => {
	const finishedAt = new Date(2026, 10, 24).getTime();
	render(MemberCard, { href, shoot: { ...shoot(pixel), finishedAt, isTest: true } });
	await expect
		.element(page.getByRole('link', { name: 'View Results of Ada Lovelace' }))
		.toHaveAttribute('href', href);
	await expect.element(page.getByText('Finished Nov 24, 2026')).toBeVisible();
	await expect.element(page.getByText('Test shoot')).toBeVisible();
});

test('its box picks it, with Shift a range; the state is the caller’s', async () => {
	const onpick = vi.fn();
	render(MemberCard, { href, shoot: shoot(pixel), onpick, picking: true });
	const box = page.getByRole('checkbox', { name: 'Select Ada Lovelace' });
	await box.click();
	await box.click({ modifiers: ['Shift'] });
	expect(onpick.mock.calls).toEqual([[false], [true]]);
	await expect.element(box).not.toBeChecked();
});

test('its Actions button says whether the menu is open', async () => {
	const onactions = vi.fn();
	const { rerender } = render(MemberCard, { href, shoot: shoot(pixel), onactions });
	const button = page.getByRole('button', { name: 'Actions for Ada Lovelace' });
	await expect.element(button).toHaveAttribute('aria-expanded', 'false');
	await button.click();
	expect(onactions).toHaveBeenCalledWith(button.element());
	await rerender({ href, shoot: shoot(pixel), onactions, menuOpen: true });
	await expect.element(button).toHaveAttribute('aria-expanded', 'true');
});
