import '@testing-library/svelte/vitest';
import '../../../src/app.css';
import { render } from '@testing-library/svelte';
import axe from 'axe-core';
import type { ComponentProps } from 'svelte';
import { page } from 'vitest/browser';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { BackendError } from '$lib/backend/errors';
import GalleryScreen from '$lib/screens/gallery/GalleryScreen.svelte';
import { galleryOf, photo, photos, picture, shoot } from './gallery-helpers.ts';

type Props = ComponentProps<typeof GalleryScreen>;

function show(change: Partial<Props> = {}) {
	const calls = { onshoot: vi.fn(), ontab: vi.fn(), onpfp: vi.fn(), ondownload: vi.fn(), onexpired: vi.fn() };
	const chosen = vi.fn();
	const props: Props = {
		status: 'ready',
		shoots: [shoot()],
		gallery: galleryOf(photos(5)).gallery,
		tab: 'headshots',
		backHref: '#all',
		actions: () => [{ label: 'Download PFP', icon: 'download', onselect: chosen }],
		...calls,
		...change,
	};
	return { ...render(GalleryScreen, props), ...calls, chosen, props };
}

/** A picture that fails does so when the network says so. */
const slow = { timeout: 15_000 };

const tiles = () => page.getByRole('list', { name: /^Headshots of/ }).getByRole('button');
const loadMore = () => page.getByRole('button', { name: 'Load more' });
const heading = (name: string) => page.getByRole('heading', { name });
const tryAgain = () => page.getByRole('button', { name: 'Try again' });

/** Observers that never notice anything. */
function stillObservers(): void {
	vi.spyOn(IntersectionObserver.prototype, 'observe').mockImplementation(() => {});
	onTestFinished(() => void vi.restoreAllMocks());
}

describe('given a member with headshots', () => {
	test('it says who that is, and leads back and on', async () => {
		show({
			actionedAt: Date.UTC(2026, 10, 24, 12),
			previous: { label: 'Grace Hopper', noun: 'member', href: '#grace' },
			next: { label: 'Mary Shelley', noun: 'photo shoot', href: '#mary' },
		});
		await expect.element(page.getByRole('heading', { name: 'Ada Lovelace', level: 1 })).toBeVisible();
		for (const fact of [
			'ada@example.com',
			'Analyst',
			'Engines',
			'Finished Nov 7, 2026',
			'Actioned Nov 24, 2026',
		]) {
			await expect.element(page.getByText(fact, { exact: true })).toBeVisible();
		}
		const link = (name: string) => page.getByRole('link', { name });
		await expect.element(link('All headshots')).toHaveAttribute('href', '#all');
		await expect.element(link('Previous member: Grace Hopper')).toHaveAttribute('href', '#grace');
		await expect.element(link('Next photo shoot: Mary Shelley')).toHaveAttribute('href', '#mary');
	});

	test('the favorite comes first and is marked; what was liked, too', async () => {
		show({ gallery: galleryOf([photo('p0', { likedStatus: 'loved' }), photo('p1'), photo('p2')]).gallery });
		await expect.element(tiles().nth(0)).toHaveAccessibleName('Open headshot 1 of 3');
		const items = page.getByRole('list', { name: /^Headshots of/ }).getByRole('listitem');
		await expect.element(items.nth(0)).toHaveTextContent('Favorite');
		await expect.element(items.nth(1)).toHaveTextContent('Loved');
		await expect.element(items.nth(2)).not.toHaveTextContent('Favorite');
		const img = items.nth(0).element().querySelector('img');
		expect([img?.src, img?.crossOrigin, img?.referrerPolicy, img?.loading]).toEqual([
			`${picture}?small=p2`,
			'anonymous',
			'no-referrer',
			'lazy',
		]);
	});

	test('the Actions menu opens, does what was chosen, and gives the focus back', async () => {
		const { chosen } = show();
		const button = page.getByRole('button', { name: 'Actions for Ada Lovelace' });
		await button.click();
		await expect.element(page.getByRole('menu', { name: 'Actions for Ada Lovelace' })).toBeVisible();
		await page.getByRole('menuitem', { name: 'Download PFP' }).click();
		expect(chosen).toHaveBeenCalledOnce();
		await expect.element(button).toHaveFocus();
		await expect.element(button).toHaveAttribute('aria-expanded', 'false');
	});

	test('several shoots are chosen from by their dates', async () => {
		const older = shoot({ id: 'older', finishedAt: Date.UTC(2025, 1, 3, 12) });
		const { onshoot } = show({ shoots: [shoot(), older, shoot({ id: 'none', finishedAt: null })] });
		const select = page.getByLabelText('Photo shoot');
		const labels = [...(select.element() as HTMLSelectElement).options].map(({ label }) => label);
		expect(labels).toEqual(['Nov 7, 2026 (latest)', 'Feb 3, 2025', 'No date']);
		await select.selectOptions('Feb 3, 2025');
		expect(onshoot).toHaveBeenCalledExactlyOnceWith('older');
	});

	test('another shoot shows its own photos', async () => {
		const shoots = [shoot(), shoot({ id: 'older', name: 'Ada King', favorite: null })];
		const { rerender, props } = show({ shoots });
		await expect.element(tiles().nth(4)).toBeInTheDocument();
		await rerender({ ...props, shootId: 'older' });
		await expect.element(heading('Ada King')).toBeVisible();
		await expect.element(page.getByText('No favorite yet')).toBeVisible();
		await expect.element(tiles().nth(4)).toBeInTheDocument();
	});

	test('many come as their end is scrolled to', async () => {
		const { gallery, asked } = galleryOf(photos(150));
		show({ gallery });
		await expect.element(tiles().nth(0)).toHaveAccessibleName('Open headshot 1 of 150');
		await expect
			.poll(() => {
				loadMore().query()?.scrollIntoView();
				return tiles().elements().length;
			})
			.toBe(150);
		expect(asked).toEqual([0, 60, 120]);
		await expect.element(loadMore()).not.toBeInTheDocument();
	});

	test('where nothing tells that their end is near, a button brings more, and the focus goes on', async () => {
		stillObservers();
		show({ gallery: galleryOf(photos(70)).gallery });
		await loadMore().click();
		await expect.element(page.getByRole('button', { name: 'Open headshot 61 of 70' })).toHaveFocus();
	});

	test('a page that fails leaves the others, and can be asked for again', async () => {
		stillObservers();
		const error = new BackendError('unexpected', 'It said nonsense.');
		show({ gallery: galleryOf(photos(70), [null, error]).gallery });
		await loadMore().click();
		await expect.element(page.getByRole('alert')).toHaveTextContent('It said nonsense.');
		expect(tiles().elements()).toHaveLength(60);
		await tryAgain().click();
		await expect.poll(() => tiles().elements().length).toBe(70);
	});

	test('a thumbnail whose link has run out is renewed', async () => {
		const gone = photo('p0', { urls: { main: '/missing.jpg' }, expiresAt: Date.now() - 1 });
		const { gallery } = galleryOf([gone, photo('p1')]);
		const renew = vi.spyOn(gallery, 'renew');
		const { onexpired } = show({ gallery });
		await expect.poll(() => renew.mock.calls.length, slow).toBe(1);
		expect(onexpired).not.toHaveBeenCalled();
	});
});

describe('given something else than headshots', () => {
	test('while it is not known who there is', async () => {
		show({ status: 'loading', shoots: [] });
		await expect.element(page.getByRole('status')).toHaveTextContent('Loading the member…');
		await expect
			.element(page.getByRole('link', { name: 'All headshots' }))
			.toHaveAttribute('data-focus-home');
	});

	test('a member nobody knows', async () => {
		show({ shoots: [] });
		await expect.element(heading('No finished headshots here')).toBeVisible();
	});

	test('a shoot without photos', async () => {
		show({ gallery: galleryOf([]).gallery });
		await expect.element(heading('No headshots in this photo shoot')).toBeVisible();
	});

	test('no favorite yet: the photos are there, and a word about it', async () => {
		show({ shoots: [shoot({ favorite: null })] });
		await expect.element(page.getByText('No favorite yet')).toBeVisible();
		await expect.element(tiles().nth(4)).toBeVisible();
	});

	test.each([
		['failed', new BackendError('unexpected', 'It said nonsense.'), 'The headshots could not be loaded'],
		['signed out', new BackendError('unauthorized', 'Sign in.'), 'You are signed out'],
		['gone', new BackendError('not-found', 'No such model.'), 'This photo shoot is gone'],
	])('%s: it says so, and another try helps', async (_, error, title) => {
		show({ gallery: galleryOf(photos(2), [error]).gallery });
		await expect.element(heading(title)).toBeVisible();
		await tryAgain().click();
		await expect.element(tiles().nth(1)).toBeVisible();
	});
});

describe('given the tab Profile picture', () => {
	const tab = 'profile-picture' as const;
	const withPicture = (profilePicture: NonNullable<ReturnType<typeof shoot>['favorite']>['profilePicture']) =>
		shoot({ favorite: { ...shoot().favorite!, profilePicture } });

	test('a rendered one is shown, and saved by a press', async () => {
		const { onpfp, props } = show({ tab });
		const img = page.getByRole('img', { name: 'Profile picture of Ada Lovelace' });
		await expect.element(img).toHaveAttribute('crossorigin', 'anonymous');
		await page.getByRole('button', { name: 'Download PFP' }).click();
		expect(onpfp).toHaveBeenCalledExactlyOnceWith(props.shoots[0]);
	});

	test('one that is cut here says so', async () => {
		show({ tab, shoots: [withPicture({ kind: 'own-crop' })] });
		await expect.element(page.getByText(/^Cut from the headshot by this page/)).toBeVisible();
	});

	test('none says what to do', async () => {
		show({ tab, shoots: [withPicture({ kind: 'none' })] });
		await expect.element(page.getByText('Action required: no profile picture yet')).toBeVisible();
		await expect.element(page.getByRole('button', { name: 'Download PFP' })).not.toBeInTheDocument();
	});

	test('none without a favorite says whose turn it is', async () => {
		show({ tab, shoots: [shoot({ favorite: null })] });
		await expect.element(heading('No profile picture yet')).toBeVisible();
	});

	test('a link that has run out is reported', async () => {
		const url = { url: '/missing.png', expiresAt: Date.now() - 1 };
		const { onexpired } = show({ tab, shoots: [withPicture({ kind: 'rendered', ...url })] });
		await expect.poll(() => onexpired.mock.calls.length, slow).toBe(1);
		await expect.element(page.getByRole('img', { name: /could not be loaded/ })).toBeVisible();
	});

	test('the tab is chosen by a press, once', async () => {
		const { ontab } = show();
		await page.getByRole('tab', { name: 'Profile picture' }).click();
		expect(ontab).toHaveBeenCalledExactlyOnceWith(tab);
	});
});

test.each(['headshots', 'profile-picture'] as const)('axe finds nothing wrong with %s', async (tab) => {
	show({
		tab,
		shoots: [shoot(), shoot({ id: 'older' })],
		next: { label: 'Grace', noun: 'member' as const, href: '#' },
		actionedAt: 0,
	});
	if (tab === 'headshots') await expect.element(tiles().nth(4)).toBeVisible();
	const rules = { 'target-size': { enabled: true }, region: { enabled: false } };
	const { violations } = await axe.run(document.body, { rules });
	expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
});
