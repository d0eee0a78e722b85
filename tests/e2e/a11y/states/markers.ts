import { favorites } from '../../support/company.ts';
import type { Place, Visit } from './state.ts';

const first = ({ admin }: Place) => favorites(admin.standIn)[0]!;
const openActioned = ({ admin }: Place) => admin.actioned.getByRole('button', { name: /^Actioned/ }).click();

/** What can be wrong with marks, and with whom they are about. */
export const markers: Visit = {
	name: 'markers',
	setup: {
		members: 6,
		// The last one has nothing that anything could be done with.
		edit({ members, shoots }) {
			Object.assign(shoots.at(-1)!, { email: null, favoriteId: null, profilePicture: null });
			members.at(-1)!.email = null;
		},
	},
	states: [
		{
			name: 'three messages, two of failures',
			async reach(place) {
				const { admin, page } = place;
				await admin.expectCards(6);
				admin.standIn.faults.add({ kind: 'status', status: 404, file: 'pfp' });
				const messages = page
					.getByRole('region', { name: 'Messages' })
					.getByRole('button', { name: 'Dismiss' });
				for (const [place, { email }] of favorites(admin.standIn).slice(1, 3).entries()) {
					await admin.act(email!, 'Download PFP');
					await messages.nth(place).waitFor();
				}
				await admin.act(first(place).email!, 'Mark as actioned');
				const message = page.getByText('marked as actioned');
				await message.waitFor();
				await admin.search('');
				// While it has the focus, it stays.
				await page.keyboard.press('F8');
				return message;
			},
		},
		{
			name: 'another favorite since',
			async reach(place) {
				const { admin, page } = place;
				const { company } = admin.standIn;
				const { id, favoriteId } = first(place);
				company.choose(
					id,
					company.photosOf(id).findIndex((photo) => photo.id !== favoriteId),
				);
				await page.reload();
				await openActioned(place);
				return admin.actioned.getByText('Chose another favorite since');
			},
		},
		{
			name: 'actioned, and gone',
			async reach(place) {
				const { shoots } = place.admin.standIn.company;
				shoots.splice(shoots.indexOf(first(place)), 1);
				await place.page.reload();
				await openActioned(place);
				return place.admin.actioned.getByText('No longer among the finished photo shoots');
			},
		},
		{
			name: 'markers that were lost',
			async reach({ admin, page }) {
				const { uid } = admin.standIn.company.organization;
				await page.evaluate((uid) => localStorage.setItem(`headshot-admin:markers:${uid}`, '7'), uid);
				await page.reload();
				return page.getByText('This browser has lost markers: 7 were kept, 1 found');
			},
		},
		{
			name: 'markers that can’t be changed',
			async reach({ page }) {
				await page.addInitScript(() => {
					IDBFactory.prototype.open = () => {
						throw new DOMException('refused', 'SecurityError');
					};
				});
				await page.reload();
				return page.getByText('Markers can’t be changed right now');
			},
		},
		{
			name: 'a menu of what can’t be done',
			// In the smallest window the card is far out of sight, and the list takes it away.
			fleeting: true,
			async reach({ admin, page }) {
				await page.keyboard.press('Escape');
				const card = admin.cards.filter({ hasText: 'No favorite yet' });
				await card.scrollIntoViewIfNeeded();
				await card.getByRole('button', { name: /Actions/ }).click();
				return page.getByRole('menu');
			},
		},
	],
};
