import type { Route } from '@playwright/test';
import { untilKept } from '../../support/deployment.ts';
import type { Place, State, Visit } from './state.ts';

/** Requests that get no answer yet. */
const held: Route[] = [];

const alert = ({ page }: Place) => page.getByRole('alert').filter({ hasText: /./ });

const refused = (name: string, status: number): State => ({
	name,
	async reach(place) {
		const { admin, page } = place;
		admin.standIn.faults.clear();
		admin.standIn.faults.add({ kind: 'status', status, api: /./ });
		await page.reload();
		return alert(place);
	},
});

/** Before there are members, and when there are none. */
export const troubles: Visit = {
	name: 'troubles',
	setup: { members: 4 },
	async prepare(page) {
		await page.route('**/api/v2/**', (route) => void held.push(route));
	},
	states: [
		{
			name: 'loading',
			async reach({ page }) {
				return page.getByText('Loading members…').first();
			},
		},
		{
			name: 'waiting for the network',
			async reach({ page }) {
				await page.context().setOffline(true);
				for (const route of held.splice(0)) await route.abort();
				return page.getByText('Waiting for the network');
			},
		},
		{
			name: 'HeadshotPro asks to wait',
			async reach({ admin, page }) {
				await page.unrouteAll();
				await page.context().setOffline(false);
				admin.standIn.faults.add({ kind: 'status', status: 429, retryAfter: 60, api: /./ });
				await page.reload();
				return page.getByText('HeadshotPro asks to wait a moment');
			},
		},
		refused('the members can’t be loaded', 400),
		refused('no permission', 403),
		{
			name: 'signed out',
			async reach({ admin, page }) {
				admin.standIn.faults.clear();
				admin.standIn.signOut();
				await page.getByRole('button', { name: 'Try again' }).click();
				return page.getByRole('heading', { name: 'You are signed out' });
			},
		},
		{
			name: 'some could not be read',
			async reach({ admin, page }) {
				admin.standIn.signIn();
				admin.standIn.faults.add({
					kind: 'replace-json',
					api: /photos\/favorites$/,
					edit: ({ photos }: { photos: { id: unknown }[] }) => void (photos[0]!.id = {}),
				});
				await page.reload();
				await page.getByText('Details', { exact: true }).click();
				return page.getByText(/ left out$/);
			},
		},
		{
			name: 'kept members could not be updated',
			async reach({ admin, page }) {
				admin.standIn.faults.clear();
				await page.reload();
				await untilKept(page);
				admin.standIn.faults.add({ kind: 'status', status: 400, api: /\/models/ });
				await page.reload();
				return page.getByText('The members could not be updated');
			},
		},
		{
			name: 'nobody has finished',
			async reach({ admin, page }) {
				admin.standIn.faults.clear();
				admin.standIn.company.shoots.splice(0);
				await page.reload();
				return page.getByText('No finished photo shoots yet');
			},
		},
	],
};
