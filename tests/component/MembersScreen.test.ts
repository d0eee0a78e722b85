import '@testing-library/svelte/vitest';
import '../../src/app.css';
import { render } from '@testing-library/svelte';
import { page } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import type { FinishedShoot } from '$lib/members/member';
import { Roster, type RosterData, type RosterState } from '$lib/members/roster.svelte';
import MembersScreen from '$lib/screens/MembersScreen.svelte';

const marketing = { id: 'marketing', name: 'Marketing' };
const sales = { id: 'sales', name: 'Sales' };

function shoot(id: string, change: Partial<FinishedShoot> = {}): FinishedShoot {
	const url = { url: `/missing/${id}.jpg`, expiresAt: null };
	return {
		id,
		memberId: id,
		email: `${id}@example.com`,
		name: `Member ${id}`,
		title: 'Engineer',
		team: marketing,
		finishedAt: 0,
		favorite: { photoId: id, headshot: url, thumbnail: url, profilePicture: { kind: 'none' } },
		...change,
	};
}

function data(change: Partial<RosterData> = {}): RosterData {
	return {
		organization: 'Acme',
		teams: [marketing, sales],
		shoots: [shoot('a'), shoot('b', { favorite: null })],
		skipped: [],
		...change,
	};
}

/** A roster that answers one load after another; an error leads to `problem`. */
function rosterOf(answers: (RosterData | Error | Promise<RosterData>)[], problem?: RosterState): Roster {
	const load = async () => {
		const answer = await answers.shift();
		if (answer === undefined || answer instanceof Error) throw answer;
		return answer;
	};
	return new Roster({ load }, () => problem ?? { kind: 'failed', reason: 'No answer.' });
}

async function show(roster: Roster, change: { downloading?: boolean; signInUrl?: string } = {}) {
	const calls = { ondownload: vi.fn(), onretry: vi.fn() };
	const source = { kind: 'stand-in', label: '' } as const;
	render(MembersScreen, { roster, source, downloading: false, ...calls, ...change });
	await roster.load();
	return calls;
}

const never = new Promise<RosterData>(() => {});
const downloadButton = () => page.getByRole('button', { name: 'Download Favorites', exact: true });
const region = () => page.getByRole('region', { name: 'Finished photo shoots' });

test('finished members are listed with name, e-mail and title, and the favorites are counted', async () => {
	const { ondownload } = await show(rosterOf([data()]));
	await expect.element(page.getByRole('heading', { name: 'Headshots', level: 1 })).toBeVisible();
	const cards = region().getByRole('listitem');
	await expect.element(cards.first()).toHaveTextContent('Member a');
	await expect.element(cards.first()).toHaveTextContent('a@example.com');
	await expect.element(cards.nth(1)).toHaveTextContent('No favorite yet');
	await expect.element(downloadButton()).toHaveAccessibleDescription('1 favorite');
	await downloadButton().click();
	expect(ondownload).toHaveBeenCalledOnce();
});

test('without a favorite the download is off, and says why', async () => {
	const { ondownload } = await show(rosterOf([data({ shoots: [shoot('a', { favorite: null })] })]));
	await expect.element(page.getByText('No favorites chosen yet')).toBeVisible();
	await expect.element(downloadButton()).toHaveAttribute('aria-disabled', 'true');
	await expect.element(downloadButton()).toHaveAccessibleDescription('No favorites chosen yet');
	await downloadButton().click({ force: true });
	expect(ondownload).not.toHaveBeenCalled();
});

test('while a download runs the button leads back to it', async () => {
	const { ondownload } = await show(rosterOf([data()]), { downloading: true });
	await expect.element(downloadButton()).toHaveAccessibleDescription('A download is running');
	await downloadButton().click();
	expect(ondownload).toHaveBeenCalledOnce();
});

test('the team selector scopes the list, and an empty team offers all of them', async () => {
	await show(rosterOf([data()]));
	await page.getByLabelText('Team', { exact: true }).selectOptions('Sales');
	await expect.element(page.getByText('No finished photo shoots in Sales')).toBeVisible();
	await page.getByRole('button', { name: 'Show all teams' }).click();
	await expect.element(page.getByText('a@example.com')).toBeVisible();
});

test('one team needs no selector', async () => {
	await show(rosterOf([data({ teams: [marketing] })]));
	await expect.element(page.getByText('a@example.com')).toBeVisible();
	await expect.element(page.getByLabelText('Team', { exact: true })).not.toBeInTheDocument();
});

test('an organization without finished shoots says so', async () => {
	await show(rosterOf([data({ shoots: [] })]));
	await expect.element(page.getByText('No finished photo shoots yet')).toBeVisible();
});

test('while it loads, the section is busy and the download is off', async () => {
	void show(rosterOf([never]));
	await expect.element(region()).toHaveAttribute('aria-busy', 'true');
	await expect.element(downloadButton()).toHaveAttribute('aria-disabled', 'true');
});

test('an error gives its reason, and can be tried again', async () => {
	const { onretry } = await show(rosterOf([new Error('down')]));
	await expect.element(page.getByRole('alert')).toHaveTextContent('No answer.');
	await page.getByRole('button', { name: 'Try again' }).click();
	expect(onretry).toHaveBeenCalledOnce();
});

test('signed out, it says where to sign in', async () => {
	const signInUrl = 'https://www.headshotpro.com/auth/login';
	await show(rosterOf([new Error('401')], { kind: 'signed-out' }), { signInUrl });
	await expect
		.element(page.getByText('Sign in to HeadshotPro in another tab, then try again.'))
		.toBeVisible();
	await expect
		.element(page.getByRole('link', { name: 'Open HeadshotPro' }))
		.toHaveAttribute('href', signInUrl);
});

test('what was loaded stays while it reloads, and when that fails', async () => {
	const roster = rosterOf([data(), new Error('down')]);
	await show(roster);
	const reloading = roster.load();
	await expect.element(page.getByText('a@example.com')).toBeVisible();
	await reloading;
	await expect.element(page.getByText('The members could not be updated')).toBeVisible();
	await expect.element(page.getByText('a@example.com')).toBeVisible();
});

test('items that could not be read are counted, with the reasons behind a disclosure', async () => {
	await show(rosterOf([data({ skipped: ['Item 12 has no id.', 'Item 40 has no id.'] })]));
	await expect
		.element(page.getByText('2 items of HeadshotPro’s answer could not be read and are left out'))
		.toBeVisible();
	await expect.element(page.getByText('Item 12 has no id.')).not.toBeVisible();
	await page.getByText('Details').click();
	await expect.element(page.getByText('Item 12 has no id.')).toBeVisible();
});
