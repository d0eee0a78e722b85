import { favorites } from '../../support/company.ts';
import type { Place, Visit } from './state.ts';

/** Somebody with an address and a favorite. */
const chosen = ({ admin }: Place) => favorites(admin.standIn).find(({ email }) => email !== null)!.id;
const show = ({ admin, page }: Place, id: string, tab = 'headshots') =>
	page.goto(`${admin.origin}/app/admin/members/${id}?tab=${tab}`);

/** One member's photos, and each of them. */
export const gallery: Visit = {
	name: 'gallery',
	setup: { plain: false },
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
