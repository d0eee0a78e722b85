import '@testing-library/svelte/vitest';
import '../../../src/app.css';
import { page, userEvent } from 'vitest/browser';
import { describe, expect, test } from 'vitest';
import { data, marketing, shoot, showScreen } from './screen-helpers.svelte.ts';

const region = (name = 'Finished photo shoots') => page.getByRole('region', { name });
const cards = () => region().getByRole('listitem');
const tab = (name: RegExp) => page.getByRole('tab', { name });
const several = (count: number) => data({ shoots: Array.from({ length: count }, (_, n) => shoot(`m${n}`)) });

describe('the Actions menu', () => {
	const open = async (name: string) => {
		await page.getByRole('button', { name: `Actions for ${name}` }).click();
		await expect.element(page.getByRole('menu')).toBeVisible();
	};
	const choose = (name: string) => page.getByRole('menuitem', { name }).click();

	test('offers what the article promises', async () => {
		const own = { ...shoot('a').favorite!, profilePicture: { kind: 'own-crop' as const } };
		await showScreen({ answers: [data({ shoots: [shoot('a', { favorite: own })] })] });
		await open('Member a');
		const items = page.getByRole('menuitem').elements();
		expect(items.map((item) => item.textContent?.trim())).toEqual([
			'View Results',
			'Download PFP',
			'Download headshot',
			'Mark as actioned',
			'Send access link',
			'Copy e-mail',
		]);
	});

	test('does each thing once, and says what came of it', async () => {
		const shoots = [
			shoot('a', { favorite: { ...shoot('a').favorite!, profilePicture: { kind: 'own-crop' } } }),
		];
		const { photoSaver, accessLinks, clipboard, toasts, onresults } = await showScreen({
			answers: [data({ shoots })],
		});
		for (const item of [
			'View Results',
			'Download PFP',
			'Download headshot',
			'Send access link',
			'Copy e-mail',
		]) {
			await open('Member a');
			await choose(item);
		}
		expect(onresults).toHaveBeenCalledExactlyOnceWith(shoots[0]);
		expect(photoSaver.pfp).toHaveBeenCalledExactlyOnceWith(shoots[0]);
		expect(photoSaver.headshot).toHaveBeenCalledExactlyOnceWith(shoots[0]);
		expect(accessLinks.ask).toHaveBeenCalledExactlyOnceWith([
			{ memberId: 'a', email: 'a@example.com', name: 'Member a' },
		]);
		expect(clipboard.writeText).toHaveBeenCalledExactlyOnceWith('a@example.com');
		await expect.poll(() => toasts.list.at(-1)?.message).toBe('Copied a@example.com');
	});

	test('says why something can’t be done', async () => {
		const { photoSaver } = await showScreen({
			answers: [data({ shoots: [shoot('b', { favorite: null, email: null })] })],
		});
		await open('Member b');
		const line = (name: string) => page.getByRole('menuitem', { name });
		await expect.element(line('Download PFP')).toHaveTextContent('No favorite chosen yet');
		await expect.element(line('Send access link')).toHaveTextContent('There is no e-mail address');
		await line('Download PFP').click({ force: true });
		expect(photoSaver.pfp).not.toHaveBeenCalled();
	});

	test('Mark as actioned moves the card below, the focus goes to its neighbor, and Undo brings it back', async () => {
		const { toasts } = await showScreen({ answers: [several(3)] });
		await open('Member m1');
		await choose('Mark as actioned');
		await expect.poll(() => cards().elements().length).toBe(2);
		await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe('Actions for Member m2');
		await expect.poll(() => toasts.list.at(-1)?.message).toBe('Member m1 marked as actioned');
		await expect.element(region('Actioned')).toBeVisible();
		toasts.list.at(-1)?.action?.run();
		await expect.poll(() => cards().elements().length).toBe(3);
		await expect.element(region('Actioned')).not.toBeInTheDocument();
	});

	test('of who is actioned offers the same, and Undo leaves the focus in the list', async () => {
		const { markers, accessLinks } = await showScreen({ answers: [several(3)] });
		await markers.mark(
			['m0', 'm1'].map((shootId) => ({
				shootId,
				photoId: null,
				email: `${shootId}@example.com`,
				name: null,
			})),
		);
		await region('Actioned')
			.getByRole('button', { name: /^Actioned/ })
			.click();
		const rows = region('Actioned').getByRole('listitem');
		await expect
			.element(rows.getByRole('link', { name: 'Member m0' }))
			.toHaveAttribute('href', '/members/m0?tab=headshots');
		await open('Member m0');
		await choose('Send access link');
		expect(accessLinks.ask).toHaveBeenCalledExactlyOnceWith([
			{ memberId: 'm0', email: 'm0@example.com', name: 'Member m0' },
		]);
		await open('Member m0');
		await choose('Undo actioned');
		await expect.poll(() => rows.elements().length).toBe(1);
		await expect.element(rows.getByRole('button', { name: 'Actions for Member m1' })).toHaveFocus();
	});

	test('several who are actioned are picked by a range, and undone together, with one Undo', async () => {
		const { markers, toasts } = await showScreen({ answers: [several(4)] });
		const handed = ['m0', 'm1', 'm2'].map((shootId) => ({ shootId, photoId: null, email: null, name: null }));
		await markers.mark(handed);
		await region('Actioned')
			.getByRole('button', { name: /^Actioned/ })
			.click();
		const boxes = region('Actioned').getByRole('checkbox');
		await boxes.first().click();
		await boxes.last().click({ modifiers: ['Shift'] });
		const bar = page.getByRole('group', { name: 'Selected members' });
		await expect.element(bar).toHaveTextContent('3 selected');
		await expect.element(bar.getByRole('button', { name: 'Mark as actioned' })).not.toBeInTheDocument();
		await bar.getByRole('button', { name: 'Undo actioned' }).click();
		await expect.poll(() => toasts.list.at(-1)?.message).toBe('3 photo shoots back in Finished');
		await expect.poll(() => cards().elements().length).toBe(4);
		expect(markers.actioned.size).toBe(0);
	});

	test('all on the tab Actioned are picked and undone at once, and the focus stays on the page', async () => {
		const { toasts } = await showScreen({ answers: [several(3)] });
		await page.getByRole('button', { name: 'Select all' }).click();
		const bar = page.getByRole('group', { name: 'Selected members' });
		await bar.getByRole('button', { name: 'Mark as actioned' }).click();
		await tab(/Actioned/).click();
		await region('Actioned').getByRole('button', { name: 'Select all actioned' }).click();
		await expect.element(bar).toHaveTextContent('3 selected');
		await bar.getByRole('button', { name: 'Undo actioned' }).click();
		await expect.poll(() => toasts.list.at(-1)?.message).toBe('3 photo shoots back in Finished');
		await expect.element(tab(/Actioned/)).toHaveFocus();
	});

	test('all that need attention are picked at once', async () => {
		const none = (id: string) => shoot(id, { favorite: null });
		await showScreen({
			answers: [data({ shoots: [shoot('a'), none('b'), none('c')] })],
			view: { tab: 'attention', why: 'no-favorite' },
		});
		await region('Needs Attention').getByRole('button', { name: 'Select all' }).click();
		const bar = page.getByRole('group', { name: 'Selected members' });
		await expect.element(bar).toHaveTextContent('2 selected');
	});

	test('the tab Actioned says so after its last Undo', async () => {
		await showScreen({ answers: [several(2)] });
		await open('Member m1');
		await choose('Mark as actioned');
		await tab(/Actioned/).click();
		await region('Actioned').getByRole('button', { name: 'Undo' }).click();
		await expect.element(region('Actioned').getByText('Nobody is marked as actioned.')).toBeVisible();
	});

	test('where nothing can be kept, marking is off and says why', async () => {
		await showScreen({ answers: [data()], readOnly: 'yes' });
		await open('Member a');
		await expect
			.element(page.getByRole('menuitem', { name: 'Mark as actioned' }))
			.toHaveAttribute('aria-disabled', 'true');
	});
});

describe('several at once', () => {
	const box = (name: string) => page.getByRole('checkbox', { name: `Select ${name}` });
	const bar = () => page.getByRole('group', { name: 'Selected members' });

	test('Shift picks a range, and what is picked is marked together, with one Undo', async () => {
		const { toasts } = await showScreen({ answers: [several(5)] });
		await box('Member m1').click();
		await box('Member m3').click({ modifiers: ['Shift'] });
		await expect.element(box('Member m3')).toHaveFocus();
		await expect.element(bar()).toHaveTextContent('3 selected');
		await bar().getByRole('button', { name: 'Mark as actioned' }).click();
		await expect.poll(() => cards().elements().length).toBe(2);
		await expect.element(bar()).not.toBeInTheDocument();
		await expect.poll(() => toasts.list.at(-1)?.message).toBe('3 photo shoots marked as actioned');
		toasts.list.at(-1)?.action?.run();
		await expect.poll(() => cards().elements().length).toBe(5);
	});

	test('Select all in this view, and download just those', async () => {
		const shoots = [shoot('ann'), shoot('anna', { favorite: null }), shoot('bob')];
		const { downloads } = await showScreen({ answers: [data({ shoots })], view: { q: 'ann' } });
		await page.getByRole('button', { name: 'Select all' }).click();
		await expect.element(bar()).toHaveTextContent('2 selected');
		await bar().getByRole('button', { name: 'Download' }).click();
		expect(downloads.start).toHaveBeenCalledExactlyOnceWith({ team: null, shootIds: ['ann'] });
	});

	test('a selection is about what is in sight: another tab lets go of it', async () => {
		await showScreen({ answers: [several(2)] });
		await box('Member m0').click();
		await expect.element(bar()).toBeVisible();
		await tab(/Joined/).click();
		await expect.element(bar()).not.toBeInTheDocument();
	});

	test('so does a view that Back or a host has brought', async () => {
		const { show } = await showScreen({ answers: [several(2)] });
		await box('Member m0').click();
		await expect.element(bar()).toBeVisible();
		show({ sort: 'name' });
		await expect.element(bar()).toBeVisible();
		show({ tab: 'attention' });
		await expect.element(region('Needs Attention')).toBeVisible();
		await expect.element(bar()).not.toBeInTheDocument();
	});

	test('who is downloaded or sent a link stays picked, and the focus stays on the button', async () => {
		const { downloads, accessLinks } = await showScreen({ answers: [several(4)] });
		await box('Member m1').click();
		await box('Member m2').click();
		for (const name of ['Download', 'Send access link']) {
			const button = bar().getByRole('button', { name });
			await button.click();
			await expect.element(button).toHaveFocus();
			await expect.element(bar()).toHaveTextContent('2 selected');
		}
		expect(downloads.start).toHaveBeenCalledExactlyOnceWith({ team: null, shootIds: ['m1', 'm2'] });
		expect(accessLinks.ask).toHaveBeenCalledOnce();
	});

	test('after Clear the page stays where it is; the focus goes to the last one in sight, else to the heading', async () => {
		await page.viewport(800, 600);
		await showScreen({ answers: [several(60)] });
		const clear = () => bar().getByRole('button', { name: 'Clear' });
		await page.getByRole('button', { name: 'Select all' }).click();
		await clear().click();
		await expect.element(bar()).not.toBeInTheDocument();
		await expect.element(page.getByRole('heading', { name: 'Finished photo shoots' })).toHaveFocus();
		expect(scrollY).toBe(0);
		await box('Member m0').click();
		const { y } = box('Member m0').element().getBoundingClientRect();
		await clear().click();
		await expect.element(box('Member m0')).toHaveFocus();
		expect(box('Member m0').element().getBoundingClientRect().y).toBe(y);
	});

	test('Escape lets go of them, from a card and from the bar', async () => {
		await showScreen({ answers: [several(3)] });
		await box('Member m0').click();
		await userEvent.keyboard('{Escape}');
		await expect.element(bar()).not.toBeInTheDocument();
		await expect.element(box('Member m0')).toHaveFocus();
		await box('Member m0').click();
		bar().getByRole('button', { name: 'Download' }).element().focus();
		await userEvent.keyboard('{Escape}');
		await expect.element(bar()).not.toBeInTheDocument();
		await expect.element(box('Member m0')).toHaveFocus();
		await box('Member m1').click();
		await page.getByRole('searchbox').click();
		await userEvent.keyboard('{Escape}');
		await expect.element(bar()).toBeVisible();
	});

	test('in a low window, too, the bar is in sight, and no higher than a line', async () => {
		await page.viewport(640, 360);
		await showScreen({ answers: [several(60)] });
		await page.getByRole('button', { name: 'Select all' }).click();
		for (const [width, height] of [
			[640, 360],
			[320, 640],
		] as const) {
			await page.viewport(width, height);
			await expect.element(bar()).toBeInViewport({ ratio: 1 });
			await expect.poll(() => bar().element().getBoundingClientRect().height).toBeLessThan(60);
		}
	});

	test('where the backend sends no links, or nothing can be kept, the bar says so', async () => {
		const { accessLinks } = await showScreen({
			answers: [several(2)],
			readOnly: 'yes',
			noLinks: 'This backend sends no access links.',
		});
		await box('Member m0').click();
		const send = bar().getByRole('button', { name: 'Send access link' });
		await expect.element(send).toHaveAttribute('aria-disabled', 'true');
		await expect.element(send).toHaveAccessibleDescription('This backend sends no access links.');
		await expect
			.element(bar().getByRole('button', { name: 'Mark as actioned' }))
			.toHaveAccessibleDescription('The markers are still being read.');
		await send.click({ force: true });
		expect(accessLinks.ask).not.toHaveBeenCalled();
	});

	test('links are asked for each member once', async () => {
		const shoots = [shoot('x'), shoot('y', { memberId: 'x' }), shoot('z')];
		const { accessLinks } = await showScreen({ answers: [data({ shoots })] });
		await page.getByRole('button', { name: 'Select all' }).click();
		await bar().getByRole('button', { name: 'Send access link' }).click();
		expect(accessLinks.ask.mock.calls[0]?.[0].map(({ memberId }: { memberId: string }) => memberId)).toEqual([
			'x',
			'z',
		]);
	});
});

test('Export of a list that could not be brought up to date says of when it is', async () => {
	const { exports, roster } = await showScreen({ answers: [data(), new Error('away')] });
	const { readAt } = roster;
	await roster.load();
	await page.getByRole('button', { name: 'Export' }).click();
	expect(readAt).toBeGreaterThan(0);
	expect(exports.start.mock.calls[0]?.[3]).toBe(readAt);
});

test('on its own tab the Actioned list is open, closes, and is open again at the next visit of the tab', async () => {
	const { markers, show } = await showScreen({ answers: [data()] });
	await markers.mark([{ shootId: 'a', photoId: 'a', email: null, name: null }]);
	const disclosure = () => region('Actioned').getByRole('button', { name: /^Actioned/ });
	const expectOpen = (open: boolean) =>
		expect.element(disclosure()).toHaveAttribute('aria-expanded', String(open));
	await expectOpen(false);
	show({ tab: 'actioned' });
	await expectOpen(true);
	await disclosure().click();
	await expectOpen(false);
	expect(region('Actioned').getByRole('listitem').elements()).toEqual([]);
	show({ q: 'member' });
	await expectOpen(false);
	await disclosure().click();
	await expectOpen(true);
	await disclosure().click();
	show({ tab: 'all' });
	await expectOpen(false);
	show({ tab: 'actioned' });
	await expectOpen(true);
});

test('Export tells since when somebody is actioned, whatever was noted later', async () => {
	const { exports, markers } = await showScreen({ answers: [data()] });
	await markers.mark([{ shootId: 'a', photoId: 'a', email: null, name: null, actionedAt: 1_000 }]);
	await markers.setNote('a', 'sent by post');
	await page.getByRole('button', { name: 'Export' }).click();
	const [rows] = exports.start.mock.calls[0] as [Iterable<{ email: string; actionedAt: number | null }>];
	expect([...rows].map(({ email, actionedAt }) => [email, actionedAt])).toEqual([
		['a@example.com', 1_000],
		['b@example.com', null],
	]);
});

test('Export takes everybody of the team, whatever the status', async () => {
	const joined = [
		{
			id: 'j',
			email: 'j@example.com',
			name: null,
			title: null,
			team: marketing,
			joinedAt: 0,
			step: 'joined' as const,
		},
	];
	const { exports } = await showScreen({ answers: [data({ joined })], view: { team: 'marketing' } });
	await page.getByRole('button', { name: 'Export' }).click();
	const [rows, total, label] = exports.start.mock.calls[0] as [
		Iterable<{ email: string; status: string }>,
		number,
		string,
	];
	expect([[...rows].map(({ email, status }) => [email, status]), total, label]).toEqual([
		[
			['a@example.com', 'finished'],
			['b@example.com', 'finished'],
			['j@example.com', 'joined'],
		],
		3,
		'Marketing',
	]);
});
