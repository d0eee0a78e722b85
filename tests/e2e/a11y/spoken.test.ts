import { expect, test } from '../support/fixtures.ts';

/** What a screen reader is given, in its own words. */
test('a card, tabs, a menu, a message, progress and a dialog say what they are', async ({
	openAdmin,
	page,
}) => {
	const admin = await openAdmin({
		members: 3,
		edit: (company) => {
			company.shoots.forEach((shoot, index) => {
				const member = company.members.find(({ modelId }) => modelId === shoot.id)!;
				member.name = ['Ada Lovelace', 'Grace Hopper', 'Mary Shelley'][index]!;
				shoot.title = 'Analyst';
				shoot.finishedAt = new Date(Date.UTC(2026, 10, 20 - index, 12)).toISOString();
			});
		},
		faults: [{ kind: 'slow', bytesPerSecond: 6_000, file: 'headshot' }],
	});
	await admin.expectCards(3);

	await expect(page.getByRole('tablist')).toMatchAriaSnapshot(`
    - tablist "Status":
      - tab "All 3" [selected]
      - tab "Finished 3"
      - tab "Joined 0"
      - tab /Invited \\d+/
      - tab /Attention \\d+/
      - tab /Deleted \\d+/
  `);
	const card = admin.cards.first();
	await expect(card).toHaveAttribute('aria-posinset', '1');
	await expect(card).toMatchAriaSnapshot(`
    - listitem:
      - article:
        - img "Ada Lovelace’s favorite headshot"
        - checkbox "Select Ada Lovelace"
        - link "View Results of Ada Lovelace"
        - heading "Ada Lovelace" [level=3]
        - paragraph: Analyst
        - paragraph: /.+@.+/
        - paragraph: /Finished Nov 20, 2026/
        - button "Actions for Ada Lovelace"
  `);

	await card.getByRole('button', { name: 'Actions for Ada Lovelace' }).click();
	await expect(page.getByRole('menu')).toMatchAriaSnapshot(`
    - menu "Actions for Ada Lovelace":
      - menuitem "View Results"
      - menuitem "Download PFP"
      - menuitem "Download headshot"
      - separator
      - menuitem "Mark as actioned"
      - menuitem "Send access link"
      - menuitem "Copy e-mail"
  `);
	await expect(card.getByRole('button', { name: 'Actions for Ada Lovelace' })).toHaveAttribute(
		'aria-expanded',
		'true',
	);
	await page.getByRole('menuitem', { name: 'Mark as actioned' }).click();
	await expect(page.getByRole('region', { name: 'Messages' })).toMatchAriaSnapshot(`
    - region "Messages":
      - status:
        - paragraph: This browser may clear who is actioned when it runs short of room. Keep a backup.
        - button "Backup"
        - button "Dismiss"
        - paragraph: Ada Lovelace marked as actioned
        - button "Undo"
        - button "Dismiss"
  `);
	const dismiss = page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Dismiss' });
	for (const left of [1, 0]) {
		await dismiss.last().click();
		await expect(dismiss).toHaveCount(left);
	}

	await admin.startDownload();
	await expect(admin.dialog).toMatchAriaSnapshot(`
    - dialog "Download Favorites":
      - heading "Download Favorites" [level=2]
      - paragraph: /.+ · team-photos-.+\\.zip/
      - progressbar "Download progress"
      - status: /.+/
      - paragraph: Hide this, and the download goes on.
      - button "Pause"
      - button "Hide"
      - button "Cancel"
  `);
	await expect(admin.progressBar).toHaveAttribute('aria-valuetext', /^\d+%, \d of 3 members$/);
	await expect(admin.dialog).toHaveAccessibleDescription(/team-photos-/);
	await expect(admin.dialog).toHaveAttribute('aria-modal', 'true');
	await admin.cancelButton.click();
	await expect(admin.dialog.getByRole('status').first()).toHaveText('Download cancelled. Nothing was saved.');
});
