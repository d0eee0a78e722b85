import { favorites } from '../../support/company.ts';
import type { Place, Visit } from './state.ts';

/** Somebody with an address and a favorite. */
const chosen = ({ admin }: Place) => favorites(admin.standIn).find(({ email }) => email !== null)!.id;
/** Ids of shoots that are like no other. */
const special = { large: '', empty: '', earlier: '', test: '' };
const show = ({ admin, page }: Place, id: string, tab = 'headshots') =>
	page.goto(`${admin.origin}/app/admin/members/${id}?tab=${tab}`);

/** One member's photos, and each of them. */
export const gallery: Visit = {
	name: 'gallery',
	setup: {
		plain: false,
		edit({ shoots }) {
			const done = shoots.filter(({ status, isDevelopment }) => status === 'active' && !isDevelopment);
			const [, large] = done;
			const empty = done.findLast(({ favoriteId }) => favoriteId === null);
			const earlier = done.find(
				({ id, email }) => email !== null && done.some((one) => one.email === email && one.id !== id),
			);
			const test = shoots.find(({ isDevelopment }) => isDevelopment);
			// More than one page of the backend's list.
			large!.photoCount = 75;
			empty!.photoCount = 0;
			Object.assign(special, { large: large!.id, empty: empty!.id, earlier: earlier!.id, test: test!.id });
		},
	},
	states: [
		{
			name: 'a gallery',
			async reach(place) {
				await show(place, chosen(place));
				return place.page.getByRole('button', { name: /^Open headshot 1 / });
			},
		},
		{
			name: 'its menu',
			async reach({ page }) {
				await page.getByRole('button', { name: /^Actions for/ }).click();
				return page.getByRole('menu');
			},
		},
		{
			name: 'a picture',
			async reach({ admin, page }) {
				await page.keyboard.press('Escape');
				await page.getByRole('button', { name: /^Open headshot 1 / }).click();
				return admin.dialog.locator('img.loaded');
			},
		},
		{
			name: 'an enlarged picture',
			async reach({ admin, page }) {
				await page.keyboard.press('+');
				return admin.dialog.getByRole('group', { name: 'Picture' });
			},
		},
		{
			name: 'a picture that can’t be loaded',
			async reach(place) {
				const { admin, page } = place;
				admin.standIn.faults.add({ kind: 'status', status: 404, shootId: chosen(place) });
				await page.keyboard.press('End');
				return admin.dialog.getByText('This picture could not be loaded.');
			},
		},
		{
			name: 'a profile picture',
			async reach({ admin, page }) {
				admin.standIn.faults.clear();
				await page.keyboard.press('Escape');
				await page.getByRole('tab', { name: 'Profile picture' }).click();
				return page.getByRole('button', { name: 'Download PFP' });
			},
		},
		{
			name: 'no favorite yet',
			async reach(place) {
				const { shoots } = place.admin.standIn.company;
				const one = shoots.find(
					({ status, favoriteId, isDevelopment }) => status === 'active' && !favoriteId && !isDevelopment,
				);
				await show(place, one!.id);
				return place.page.getByText('No favorite yet');
			},
		},
		{
			name: 'no profile picture yet',
			async reach({ page }) {
				await page.getByRole('tab', { name: 'Profile picture' }).click();
				return page.getByRole('tabpanel');
			},
		},
		{
			name: 'one of several shoots',
			async reach(place) {
				await show(place, special.earlier);
				return place.page.getByLabel('Photo shoot');
			},
		},
		{
			name: 'a test shoot',
			async reach(place) {
				await show(place, special.test);
				return place.page.getByText('Test shoot', { exact: true }).first();
			},
		},
		{
			name: 'no headshots',
			async reach(place) {
				await show(place, special.empty);
				return place.page.getByRole('heading', { name: 'No headshots in this photo shoot' });
			},
		},
		{
			name: 'more headshots that can’t be loaded',
			async reach(place) {
				const { page } = place;
				const json = { success: false, error: 'Not today', code: 'INVALID_REQUEST' };
				await page.route(/\/photos\?.*offset=60/, (route) => route.fulfill({ status: 400, json }));
				await show(place, special.large);
				await page.getByRole('button', { name: 'Open headshot 60 of 75' }).scrollIntoViewIfNeeded();
				return page.getByRole('button', { name: 'Try again' });
			},
		},
		{
			name: 'a profile picture that can’t be shown',
			async reach(place) {
				await place.page.unrouteAll();
				place.admin.standIn.faults.add({ kind: 'status', status: 404, file: 'pfp' });
				const answered = place.page.waitForResponse(/\/pfp\./);
				await show(place, special.large, 'profile-picture');
				await answered;
				return place.page.getByRole('button', { name: 'Download PFP' });
			},
		},
		{
			name: 'a gallery that is loading',
			async reach(place) {
				await place.page.route('**/api/v2/**/photos?*', () => {});
				await show(place, chosen(place));
				return place.page.getByText('Loading headshots…');
			},
		},
		{
			name: 'a gallery that can’t be loaded',
			async reach(place) {
				await place.page.unrouteAll();
				place.admin.standIn.faults.add({ kind: 'status', status: 400, api: /\/photos$/ });
				await show(place, chosen(place));
				return place.page.getByText('The headshots could not be loaded');
			},
		},
		{
			name: 'an unknown member',
			async reach(place) {
				await show(place, 'nobody');
				return place.page.getByRole('heading', { name: 'No finished headshots here' });
			},
		},
	],
};
