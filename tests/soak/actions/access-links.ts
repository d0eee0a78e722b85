import { expect } from '@playwright/test';
import { untilHidden, untilShown } from '../waits.ts';
import { draw, inSomeTab, unchangedShoots } from './action.ts';

/** One press, one request; none within a minute of the last, from whichever tab; and no second one of a doubtful. */
export const accessLink = inSomeTab('access link', 5, async (tab, world, luck) => {
	const shoot = draw(unchangedShoots(tab, world), luck);
	if (shoot === null) return null;
	const { faults, standIn, current } = world;
	const { links } = current;
	const { memberId, email } = shoot;
	await tab.showAll();
	await tab.dismissMessages();
	const item = await tab.menuItem(shoot, 'Send access link');
	if (!world.online) {
		await tab.expectBarred(item);
		return `${email}: not without a network`;
	}
	await item.click();
	const dialog = tab.page.getByRole('dialog', { name: 'Send access link' });
	const before = standIn.log.length;
	const expected = links.expected(memberId, Date.now());
	const answer = expected === 'sent' ? luck.pick(['sent', 'sent', 'refused', 'lost'] as const) : 'sent';
	const api = /access-link$/;
	if (answer === 'refused') faults.once({ kind: 'status', status: 400, code: 'INVALID_EMAIL', api });
	if (answer === 'lost') faults.once({ kind: 'status', status: 500, api });
	await dialog.getByRole('button', { name: 'Send access link' }).dblclick();
	await untilShown(dialog.getByRole('button', { name: 'Close' }).last());
	const words = await dialog.innerText();
	const posts = standIn.log.slice(before).filter(({ method }) => method === 'POST');
	// What a fault has not met must not meet the next one.
	faults.release();

	const isTooSoon = /less than a minute ago/.test(words);
	if (expected !== 'either') expect(isTooSoon, `${email} so soon again`).toBe(expected === 'too soon');
	expect(posts.map(({ path }) => path)).toEqual(
		isTooSoon ? [] : [`/api/v2/organization/team/${memberId}/access-link`],
	);
	if (!isTooSoon) {
		expect(/^Sent to /m.test(words), 'it says that it was sent').toBe(answer === 'sent');
		expect(/may have been sent all the same/.test(words), 'it is in doubt').toBe(answer === 'lost');
		// Of a refused one it is certain that none was sent.
		if (answer !== 'refused') links.sent(memberId, Date.now());
	}
	await dialog.getByRole('button', { name: 'Close' }).last().click();
	await untilHidden(dialog);
	return `${email}: ${isTooSoon ? 'too soon' : answer}`;
});
