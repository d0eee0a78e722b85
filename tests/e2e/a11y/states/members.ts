import type { Page } from '@playwright/test';
import type { Place, State, Visit } from './state.ts';

const tab = (name: string, seen: string): State => ({
	name: `tab ${name}`,
	async reach({ page }) {
		await page.getByRole('tab', { name }).click();
		return page.getByRole('heading', { name: seen });
	},
});

const first = ({ admin }: Place) => admin.cards.first();
const messages = (page: Page) => page.getByRole('region', { name: 'Messages' });

/** The list, its tabs and bars, its menus and messages. */
export const members: Visit = {
	name: 'members',
	setup: { plain: false },
	widest: true,
	states: [
		{
			name: 'everybody',
			async reach({ admin }) {
				await admin.expectCards(51);
				return admin.downloadButton;
			},
		},
		{
			// The rest needs no crowd, and axe looks at every element.
			name: 'a team',
			async reach({ admin, page }) {
				const [team] = admin.standIn.company.organization.teams;
				await page.getByLabel('Team').selectOption({ label: team!.name });
				await admin.cards.nth(24).waitFor({ state: 'detached' });
				return admin.cards.first();
			},
		},
		{
			name: 'a selection',
			async reach(place) {
				await first(place).getByRole('checkbox').click();
				return place.page.getByRole('group', { name: 'Selected members' });
			},
		},
		{
			name: 'the menu of a card',
			// In the smallest window the card is far out of sight, and the list takes it away.
			fleeting: true,
			async reach(place) {
				await place.page.keyboard.press('Escape');
				const list = place.page.getByRole('list', { name: 'Members', exact: true });
				await list.evaluate((element) => element.scrollIntoView());
				await first(place)
					.getByRole('button', { name: /Actions/ })
					.click();
				await place.page.getByRole('menu').waitFor();
				return place.page.getByRole('menu');
			},
		},
		{
			name: 'a message',
			async reach(place) {
				const { page } = place;
				await page.keyboard.press('Escape');
				await first(place).getByRole('checkbox').click();
				await page.getByRole('button', { name: 'Mark as actioned' }).click();
				await messages(page).getByRole('button', { name: 'Undo' }).waitFor();
				// While it has the focus, it stays.
				await page.keyboard.press('F8');
				return messages(page).getByText('marked as actioned');
			},
		},
		{
			name: 'a notice',
			async reach({ page }) {
				await messages(page).getByRole('button', { name: 'Dismiss' }).last().click();
				return messages(page).getByText(/may clear who is actioned/);
			},
		},
		{
			name: 'the menu of downloads',
			async reach({ page }) {
				await messages(page).getByRole('button', { name: 'Dismiss' }).click();
				await page.getByRole('button', { name: 'More ways to download' }).click();
				return page.getByRole('menu');
			},
		},
		{
			name: 'nobody by that name',
			async reach({ admin, page }) {
				await page.keyboard.press('Escape');
				await admin.search('nobody at all');
				return page.getByRole('heading', { name: 'Nobody here by that name' });
			},
		},
		{
			name: 'tab Finished, in lines',
			async reach({ admin, page }) {
				await admin.search('');
				await page.getByRole('tab', { name: 'Finished' }).click();
				await page.getByRole('button', { name: 'List', exact: true }).click();
				return admin.cards.first();
			},
		},
		{
			name: 'tab Joined, of all teams',
			async reach({ page }) {
				await page.getByRole('tab', { name: 'Joined' }).click();
				await page.getByLabel('Team').selectOption({ label: 'All teams' });
				return page.getByRole('heading', { name: 'In Progress' });
			},
		},
		tab('Invited', 'Pending Invites'),
		tab('Attention', 'Needs Attention'),
		{
			name: 'one concern',
			async reach({ page }) {
				const filters = page.getByRole('group', { name: 'What wants attention' });
				await filters.getByRole('button', { name: 'More than one shoot' }).click();
				return filters;
			},
		},
		tab('Deleted', 'Deleted photo shoots'),
		tab('Actioned', 'Actioned'),
		{
			name: 'a note is written',
			async reach({ admin, page }) {
				await admin.actioned.getByRole('button', { name: 'Add note' }).click();
				await page.getByRole('textbox', { name: /note/i }).fill('To the intranet team, with the old title.');
				return page.getByRole('textbox', { name: /note/i });
			},
		},
		{
			name: 'actioned, with a note',
			async reach({ admin, page }) {
				await page.getByRole('textbox', { name: /note/i }).press('Enter');
				return admin.actioned.getByText('To the intranet team');
			},
		},
	],
};
