import '@testing-library/svelte/vitest';
import '../../../src/app.css';
import { page, userEvent } from 'vitest/browser';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { RosterData } from '$lib/members/load';
import { data, marketing, sales, shoot, showScreen } from './screen-helpers.svelte.ts';

const never = new Promise<RosterData>(() => {});
const downloadButton = () => page.getByRole('button', { name: 'Download Favorites', exact: true });
const region = (name = 'Finished photo shoots') => page.getByRole('region', { name });
const cards = () => region().getByRole('listitem');
const tab = (name: RegExp) => page.getByRole('tab', { name });

describe('the Finished section', () => {
	test('lists members with name, e-mail and title, and counts the favorites', async () => {
		const { downloads } = await showScreen({ answers: [data()] });
		await expect.element(page.getByRole('heading', { name: 'Headshots', level: 1 })).toBeVisible();
		await expect.element(cards().first()).toHaveTextContent('Member a');
		await expect.element(cards().first()).toHaveTextContent('a@example.com');
		await expect.element(cards().nth(1)).toHaveTextContent('No favorite yet');
		await expect.element(downloadButton()).toHaveAccessibleDescription('1 favorite');
		await downloadButton().click();
		expect(downloads.start).toHaveBeenCalledExactlyOnceWith({ team: null });
	});

	test('without a favorite the download is off, and says why', async () => {
		const { downloads } = await showScreen({ answers: [data({ shoots: [shoot('a', { favorite: null })] })] });
		await expect.element(page.getByText('No favorites chosen yet')).toBeVisible();
		await expect.element(downloadButton()).toHaveAttribute('aria-disabled', 'true');
		await expect.element(downloadButton()).toHaveAccessibleDescription('No favorites chosen yet');
		await downloadButton().click({ force: true });
		expect(downloads.start).not.toHaveBeenCalled();
	});

	test('while a download runs the button leads back to it', async () => {
		const { downloads } = await showScreen({ answers: [data()], downloading: true });
		await expect.element(downloadButton()).toHaveAccessibleDescription('A download is running');
		await downloadButton().click();
		expect(downloads.start).toHaveBeenCalledOnce();
	});

	test('of an organization without finished shoots says so', async () => {
		await showScreen({ answers: [data({ shoots: [] })] });
		await expect.element(page.getByText('No finished photo shoots yet')).toBeVisible();
	});

	test('is busy while it loads, and the download is off', async () => {
		void showScreen({ answers: [never] });
		await expect.element(region()).toHaveAttribute('aria-busy', 'true');
		await expect.element(downloadButton()).toHaveAttribute('aria-disabled', 'true');
	});
});

describe('when loading fails', () => {
	test('it gives the reason, and can be tried again', async () => {
		const { onretry } = await showScreen({ answers: [new Error('down')] });
		await expect.element(page.getByRole('alert')).toHaveTextContent('No answer.');
		await expect.element(region()).not.toBeInTheDocument();
		await page.getByRole('button', { name: 'Try again' }).click();
		expect(onretry).toHaveBeenCalledOnce();
	});

	test('for being signed out, it says where to sign in', async () => {
		await showScreen({ answers: [new Error('401')], problem: { kind: 'signed-out' } });
		await expect
			.element(page.getByText('Sign in to HeadshotPro in another tab, then try again.'))
			.toBeVisible();
	});

	test('what was loaded before stays', async () => {
		const { roster } = await showScreen({ answers: [data(), new Error('down')] });
		const reloading = roster.load();
		await expect.element(page.getByText('a@example.com')).toBeVisible();
		await reloading;
		await expect.element(page.getByText('The members could not be updated')).toBeVisible();
		await expect.element(page.getByText('a@example.com')).toBeVisible();
	});

	test('for single items, they are counted, with the reasons behind a disclosure', async () => {
		await showScreen({ answers: [data({ skipped: ['Item 12 has no id.', 'Item 40 has no id.'] })] });
		await expect.element(page.getByText('2 items of HeadshotPro’s answer were left out')).toBeVisible();
		await expect.element(page.getByText('Item 12 has no id.')).not.toBeVisible();
		await page.getByText('Details').click();
		await expect.element(page.getByText('Item 12 has no id.')).toBeVisible();
	});
});

describe('what is shown', () => {
	test('the team selector scopes everything, and an empty team offers all of them', async () => {
		await showScreen({ answers: [data()] });
		await page.getByLabelText('Team', { exact: true }).selectOptions('Sales');
		await expect.element(page.getByText('No finished photo shoots in Sales')).toBeVisible();
		await expect.element(tab(/All/)).toHaveTextContent('0');
		await page.getByRole('button', { name: 'Show all teams' }).click();
		await expect.element(page.getByText('a@example.com')).toBeVisible();
	});

	test('one team needs no selector', async () => {
		await showScreen({ answers: [data({ teams: [marketing] })] });
		await expect.element(page.getByText('a@example.com')).toBeVisible();
		await expect.element(page.getByLabelText('Team', { exact: true })).not.toBeInTheDocument();
	});

	test('four tiles count the members by status', async () => {
		const joined = [
			{
				id: 'j',
				email: 'j@example.com',
				name: null,
				title: null,
				team: sales,
				joinedAt: 0,
				step: 'joined' as const,
			},
		];
		const invited = [{ email: 'i@example.com', team: null, invitedAt: 0 }];
		const shoots = [shoot('a'), shoot('b'), shoot('b2', { memberId: 'b' })];
		await showScreen({ answers: [data({ shoots, joined, invited })] });
		const tiles = page.getByRole('list', { name: 'Members at a glance' }).getByRole('listitem');
		const texts = () => tiles.elements().map((tile) => tile.textContent?.replace(/\s+/g, ' ').trim());
		await expect
			.poll(texts)
			.toEqual([
				'Total Members 4',
				'Finished photoshoots 2 3 shoots',
				'In Progress 1 25%',
				'Pending Invite 1 25%',
			]);
	});

	test('each tab shows its list, by arrow keys too; Actioned is there only when something is', async () => {
		const invited = [{ email: 'ida@example.com', team: null, invitedAt: 0 }];
		const { view } = await showScreen({ answers: [data({ invited })] });
		await expect.element(tab(/Actioned/)).not.toBeInTheDocument();
		await tab(/Invited/).click();
		await expect
			.element(region('Pending Invites').getByRole('listitem'))
			.toHaveTextContent('ida@example.com');
		await expect.element(region()).not.toBeInTheDocument();
		await userEvent.keyboard('{ArrowLeft}');
		await expect.element(region('In Progress')).toBeVisible();
		expect(view().tab).toBe('joined');
	});

	test('a search narrows the list from two characters on, "/" leads to it, and Escape clears it', async () => {
		await showScreen({ answers: [data({ shoots: [shoot('a', { name: 'José' }), shoot('b')] })] });
		await expect.element(cards().nth(1)).toBeVisible();
		await userEvent.keyboard('/jose');
		await expect.element(page.getByRole('searchbox')).toHaveValue('jose');
		await expect.poll(() => cards().elements().length).toBe(1);
		await userEvent.keyboard('{Escape}');
		await expect.poll(() => cards().elements().length).toBe(2);
		await userEvent.keyboard('zzz');
		await expect.element(page.getByText('Nobody here by that name')).toBeVisible();
	});

	test('every tab says that nobody is found, not that nobody is there, and how many are', async () => {
		const invited = ['ida', 'ike', 'joe'].map((name) => ({
			email: `${name}@example.com`,
			team: null,
			invitedAt: 0,
		}));
		const { show } = await showScreen({ answers: [data({ invited })], view: { tab: 'invited', q: 'zzz' } });
		await expect.element(page.getByText('No open invite has “zzz” in its e-mail or name.')).toBeVisible();
		await expect.element(page.getByText('No invite is open')).not.toBeInTheDocument();
		await page.getByRole('button', { name: 'Clear the search' }).click();
		await expect.element(page.getByRole('searchbox')).toHaveFocus();
		await expect.poll(() => region('Pending Invites').getByRole('listitem').elements().length).toBe(3);
		await expect
			.element(page.getByRole('status').filter({ hasText: '3 open invites shown' }))
			.toBeInTheDocument();
		show({ q: 'ik' });
		await expect
			.element(page.getByRole('status').filter({ hasText: '1 open invite shown' }))
			.toBeInTheDocument();
		show({ tab: 'attention', q: 'zzz' });
		await expect.element(page.getByText(/^No photo shoot that needs attention has “zzz”/)).toBeVisible();
	});

	test('where only others are found, the finished say so in a line, and everybody who is shown is counted', async () => {
		const step = 'joined' as const;
		const joined = [
			{ id: 'j', email: 'tran@example.com', name: 'Trần', title: null, team: sales, joinedAt: 0, step },
		];
		const invited = [{ email: 'tranh@example.com', team: null, invitedAt: 0 }];
		const { show, markers } = await showScreen({ answers: [data({ joined, invited })], view: { q: 'tran' } });
		const line = page.getByText('Nobody among the finished by that name; see below.');
		const said = (words: string) => page.getByRole('status').filter({ hasText: words });
		await expect.element(line).toBeVisible();
		await expect.element(page.getByText('Nobody here by that name')).not.toBeInTheDocument();
		await expect.element(said('2 members shown')).toBeInTheDocument();
		show({ tab: 'finished' });
		await expect.element(page.getByText('Nobody here by that name')).toBeVisible();
		show({ tab: 'all', q: '' });
		await expect.element(said('4 members shown')).toBeInTheDocument();
		await markers.mark([{ shootId: 'a', photoId: 'a', email: 'a@example.com', name: 'Member a' }]);
		show({ tab: 'finished', q: 'a@ex' });
		await expect.element(line).toBeVisible();
	});

	test('a first part of the lists says nothing of who is on the way, invited or wanting', async () => {
		const step = 'joined' as const;
		const joined = [
			{ id: 'j', email: 'j@example.com', name: null, title: null, team: sales, joinedAt: 0, step },
		];
		const { show, roster } = await showScreen({ answers: [data({ joined, expected: 300 })] });
		await expect.element(page.getByText('a@example.com')).toBeVisible();
		await expect.element(page.getByText('j@example.com')).not.toBeInTheDocument();
		for (const tab of ['invited', 'joined', 'attention'] as const) {
			show({ tab });
			await expect.element(page.getByText('a@example.com')).not.toBeInTheDocument();
			await expect
				.element(page.getByText(/No invite is open|Nobody is on the way|Nothing needs/))
				.not.toBeInTheDocument();
			await expect.element(page.getByText('j@example.com')).not.toBeInTheDocument();
		}
		expect(roster.whole).toBe(false);
	});

	test('a thumbnail whose link has run out is asked for again, in lines as in cards', async () => {
		const gone = { url: '/missing/gone.jpg', expiresAt: 1 };
		const favorite = {
			photoId: 'a',
			headshot: gone,
			thumbnail: gone,
			profilePicture: { kind: 'none' as const },
		};
		const onexpired = vi.fn();
		await showScreen({ answers: [data({ shoots: [shoot('a', { favorite })] })], onexpired });
		await expect.poll(() => onexpired.mock.calls.length).toBe(1);
		await page.getByRole('button', { name: 'List' }).click();
		await expect.poll(() => onexpired.mock.calls.length).toBe(2);
	});

	test('Attention counts what would spoil a hand-over, each count filters and explains itself', async () => {
		await showScreen({
			answers: [data({ shoots: [shoot('a', { finishedAt: Date.now() }), shoot('b', { favorite: null })] })],
		});
		await tab(/Attention/).click();
		const filter = (name: string) => page.getByRole('button', { name });
		await expect.element(filter('No favorite chosen')).toHaveTextContent('1');
		await expect.element(filter('Same folder name')).toBeDisabled();
		const list = region('Needs Attention').getByRole('listitem');
		await expect.poll(() => list.elements().length).toBe(2);
		await filter('No profile picture').click();
		await expect.poll(() => list.elements().length).toBe(1);
		await expect.element(list.first()).toHaveTextContent('a@example.com');
		await filter('Finished over three weeks ago').click();
		await expect.element(page.getByText(/^If your organization deletes its data/)).toBeVisible();
	});

	test('grid or list', async () => {
		await showScreen({ answers: [data()] });
		await page.getByRole('button', { name: 'List' }).click();
		await expect.element(page.getByRole('button', { name: 'List' })).toHaveAttribute('aria-pressed', 'true');
		await expect.element(cards().first()).toHaveTextContent('a@example.com');
		await expect.element(cards().first().getByRole('heading')).not.toBeInTheDocument();
	});

	test.each(['Grid', 'List'])('without a photo, the initials fit into its place (%s)', async (layout) => {
		await showScreen({
			answers: [data({ shoots: [shoot('a', { name: 'Willow Maximilian Wu', favorite: null })] })],
		});
		await page.getByRole('button', { name: layout }).click();
		await expect.element(cards().first()).toHaveTextContent('Willow Maximilian Wu');
		const [place] = cards().first().element().getElementsByClassName('initials');
		onTestFinished(() => void document.documentElement.style.removeProperty('font-size'));
		// At twice the size of letters, too (WCAG 1.4.4).
		for (const fontSize of ['16px', '32px']) {
			document.documentElement.style.fontSize = fontSize;
			expect(place!.clientWidth).toBeGreaterThan(30);
			expect(place!.scrollWidth).toBe(place!.clientWidth);
			expect(place!.scrollHeight).toBe(place!.clientHeight);
		}
	});

	test.each([
		[1_000, 'View Results of Member a'],
		[400, 'Member a'],
	])('in a list %i px wide one link leads to each gallery: %s', async (width, name) => {
		await page.viewport(width, 800);
		onTestFinished(() => page.viewport(1_280, 800));
		await showScreen({ answers: [data({ shoots: [shoot('a')] })] });
		await page.getByRole('button', { name: 'List' }).click();
		const links = cards().first().getByRole('link');
		await expect.element(links).toHaveAccessibleName(name);
		await expect.element(links).toHaveAttribute('href', '/members/a?tab=headshots');
	});

	test('an order and a layout are offered where they change something', async () => {
		const { show } = await showScreen({ answers: [data()] });
		const layouts = page.getByRole('group', { name: 'Layout' });
		const sort = page.getByLabelText('Sort');
		for (const [tab, order, cards] of [
			['all', 1, 1],
			['attention', 1, 0],
			['actioned', 1, 0],
			['joined', 0, 0],
			['invited', 0, 0],
			['deleted', 0, 0],
			['finished', 1, 1],
		] as const) {
			show({ tab });
			await expect.element(page.getByRole('tab', { selected: true })).toHaveTextContent(new RegExp(tab, 'i'));
			await expect
				.poll(() => [sort.elements().length, layouts.elements().length], { message: tab })
				.toEqual([order, cards]);
		}
	});

	test('test shoots only when asked for', async () => {
		await showScreen({ answers: [data({ shoots: [shoot('a'), shoot('try', { isTest: true })] })] });
		await expect.poll(() => cards().elements().length).toBe(1);
		await page.getByRole('button', { name: 'Show 1 test shoot' }).click();
		await expect.element(cards().nth(1)).toHaveTextContent('Test shoot');
	});
});
