import type { State, Visit } from './state.ts';

const nobody = (tab: string, seen: string): State => ({
	name: `nobody in ${tab}`,
	async reach({ page }) {
		await page.getByRole('tab', { name: tab }).click();
		return page.getByRole('heading', { name: seen });
	},
});

/** Lists without anybody, and the export of them. */
export const lists: Visit = {
	name: 'lists',
	setup: {
		members: 2,
		edit({ shoots }) {
			for (const shoot of shoots) shoot.finishedAt = new Date().toISOString();
		},
	},
	async prepare(page) {
		// Its answers would come in the way of those that are made here.
		await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
	},
	logs: /NotLoadedError/,
	states: [
		nobody('Joined', 'Nobody is on the way just now'),
		nobody('Invited', 'No invite is open'),
		nobody('Attention', 'Nothing needs attention'),
		nobody('Deleted', 'No photo shoot was deleted'),
		{
			name: 'nobody in a team',
			async reach({ admin, page }) {
				const { teams } = admin.standIn.company.organization;
				await page.getByRole('tab', { name: 'All' }).click();
				await page.getByLabel('Team').selectOption({ label: teams.at(-1)!.name });
				return page.getByText(`No finished photo shoots in ${teams.at(-1)!.name}`);
			},
		},
		{
			name: 'exported',
			async reach({ page }) {
				await page.getByRole('button', { name: 'Show all teams' }).click();
				await page.getByRole('button', { name: 'Export' }).click();
				return page.getByText(/^Exported 2 members to/);
			},
		},
		{
			name: 'exporting',
			async reach({ page }) {
				// It says that it is alive, and nothing else.
				const quiet =
					'const say = self.postMessage.bind(self); self.postMessage = (it, ...more) => it?.value === true && say(it, ...more);';
				await page.route('**/csv.worker-*.js', async (route) => {
					const response = await route.fetch();
					await route.fulfill({ response, body: quiet + (await response.text()) });
				});
				await page.getByRole('button', { name: 'Export' }).click();
				return page.getByRole('progressbar', { name: 'Export progress' });
			},
		},
		{
			name: 'an export that failed',
			async reach({ page }) {
				await page.getByRole('button', { name: 'Cancel' }).click();
				await page.route('**/_app/immutable/**', (route) => route.abort());
				await page.getByRole('button', { name: 'Export' }).click();
				return page.getByText(/^The export failed\./);
			},
		},
	],
};
