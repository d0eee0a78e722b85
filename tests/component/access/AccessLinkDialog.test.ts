import '@testing-library/svelte/vitest';
import '../../../src/app.css';
import { render } from '@testing-library/svelte';
import axe from 'axe-core';
import { page, userEvent } from 'vitest/browser';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import AccessLinkDialog from '$lib/access/AccessLinkDialog.svelte';
import { AccessLinks } from '$lib/access/access-links.svelte';
import type { Recipient } from '$lib/access/recipients';
import { BackendError } from '$lib/backend/errors';

const ada: Recipient = { memberId: 'm-ada', email: 'ada@example.com', name: 'Ada Lovelace' };
const grace: Recipient = { memberId: 'm-grace', email: 'grace@example.com', name: 'Grace Hopper' };
const edsger: Recipient = { memberId: 'm-edsger', email: 'edsger@example.com', name: 'Edsger Dijkstra' };

/** A dialog in front of a backend that answers when, and what, the test says. */
function show(recipients: Recipient[]) {
	const calls: { memberId: string; answer: (error?: Error) => void }[] = [];
	const links = new AccessLinks({
		backend: {
			async sendAccessLink(memberId, _signal, leaving) {
				await leaving?.();
				await new Promise<void>((resolve, reject) => {
					calls.push({ memberId, answer: (error) => (error ? reject(error) : resolve()) });
				});
			},
		},
		logs: [],
	});
	onTestFinished(() => links.dispose());
	render(AccessLinkDialog, { links });
	links.ask(recipients);
	/** The call with this number, from 0, as soon as it is made. */
	const call = async (nth: number) => {
		await vi.waitUntil(() => calls.length > nth);
		return calls[nth]!;
	};
	return { links, calls, call };
}

const button = (name: string) => page.getByRole('button', { name, exact: true });
const dialog = () => page.getByRole('dialog');
const status = () => page.getByRole('status');
const refusal = new BackendError('refused', 'Too many invites for today');

describe('given one member', () => {
	test('it asks first: whom the link goes to, and that it does not last', async () => {
		const { calls } = show([ada]);
		await expect.element(dialog()).toHaveAccessibleName('Send access link');
		await expect
			.element(dialog())
			.toHaveAccessibleDescription('HeadshotPro e-mails a sign-in link to ada@example.com.');
		await expect
			.element(dialog())
			.toHaveTextContent(/It is short-lived; a member can ask for a new one at \/team-access\./);
		await expect.element(page.getByText(/\d+ (hour|minute)/)).not.toBeInTheDocument();
		await button('Cancel').click();
		await expect.element(dialog()).not.toBeInTheDocument();
		expect(calls).toEqual([]);
	});

	test('a double press sends one link, and says to whom', async () => {
		const { calls, call } = show([ada]);
		await button('Send access link').dblClick();
		const { memberId, answer } = await call(0);
		expect(memberId).toBe('m-ada');
		await expect.element(button('Send access link')).toHaveAttribute('aria-busy', 'true');
		await expect.element(button('Send access link')).toHaveAttribute('aria-disabled', 'true');
		answer();
		await expect.element(page.getByText('Sent to ada@example.com', { exact: true })).toBeVisible();
		expect(calls).toHaveLength(1);
		await button('Close').click();
		await expect.element(dialog()).not.toBeInTheDocument();
	});

	test('by keyboard alone: the focus is never lost, and Enter twice sends one', async () => {
		const { calls, call } = show([ada]);
		await expect.element(dialog()).toHaveFocus();
		await userEvent.keyboard('{Tab}{Tab}');
		await expect.element(button('Send access link')).toHaveFocus();
		await userEvent.keyboard('{Enter}{Enter}');
		await expect.element(button('Send access link')).toHaveFocus();
		(await call(0)).answer();
		await expect.element(button('Close')).toHaveFocus();
		expect(calls).toHaveLength(1);
		await userEvent.keyboard('{Enter}');
		await expect.element(dialog()).not.toBeInTheDocument();
	});

	test('while it is being sent, Escape does not take the outcome away', async () => {
		const { call } = show([ada]);
		await button('Send access link').click();
		const { answer } = await call(0);
		await userEvent.keyboard('{Escape}');
		await expect.element(dialog()).toBeVisible();
		answer();
		await expect.element(button('Close')).toBeVisible();
		await userEvent.keyboard('{Escape}');
		await expect.element(dialog()).not.toBeInTheDocument();
	});

	test('while the backend asks for a pause, that is said, and Stop ends it', async () => {
		const links = new AccessLinks({
			backend: {
				sendAccessLink: (_, signal) =>
					new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
			},
			logs: [],
		});
		render(AccessLinkDialog, { links });
		links.ask([ada]);
		await button('Send access link').click();
		await expect.element(status()).toHaveTextContent('Waiting for the backend…');
		await button('Stop').click();
		await expect.element(status()).toHaveTextContent('Not sent');
	});

	test('a refusal is shown in the backend’s own words, and may be tried again', async () => {
		const { calls, call } = show([ada]);
		await button('Send access link').click();
		(await call(0)).answer(refusal);
		await expect.element(status()).toHaveTextContent('Too many invites for today');
		await button('Try again').click();
		await button('Send access link').click();
		(await call(1)).answer();
		await expect.element(status()).toHaveTextContent('Sent to ada@example.com');
		expect(calls).toHaveLength(2);
	});

	test('an unknown outcome says that the link may have been sent, and offers no second try', async () => {
		const { call } = show([ada]);
		await button('Send access link').click();
		(await call(0)).answer(new BackendError('unreachable', 'The backend gave no answer for 30 s.'));
		await expect
			.element(status())
			.toHaveTextContent('The backend gave no answer for 30 s. The link may have been sent all the same.');
		await expect.element(button('Try again')).not.toBeInTheDocument();
	});

	test('a second link within a minute is not sent, and that is said', async () => {
		const { links, calls, call } = show([ada]);
		await button('Send access link').click();
		(await call(0)).answer();
		await button('Close').click();
		links.ask([ada]);
		await button('Send access link').click();
		await expect
			.element(status())
			.toHaveTextContent('Already requested less than a minute ago; not sent again');
		expect(calls).toHaveLength(1);
	});

	test('a backend that can’t send links says so', async () => {
		const { call } = show([ada, grace]);
		await button('Send 2 access links').click();
		for (const nth of [0, 1]) (await call(nth)).answer(new BackendError('not-found', 'Route not found'));
		await expect.element(page.getByRole('alert')).toHaveTextContent("This backend can't send access links.");
		await expect.element(button('Try again')).not.toBeInTheDocument();
	});

	test('whom no link can reach is told, with the reason, and there is nothing to send', async () => {
		const { calls } = show([{ memberId: 'm-1', email: null, name: 'Alan Turing' }]);
		await expect.element(page.getByText('Alan Turing has no e-mail address')).toBeVisible();
		await expect.element(button('Send access link')).toHaveAttribute('aria-disabled', 'true');
		await button('Send access link').click({ force: true });
		expect(calls).toEqual([]);
	});
});

describe('given several members', () => {
	test('it says how many, and shows the addresses when asked', async () => {
		show([ada, grace, { memberId: null, email: 'new@example.com', name: 'new@example.com' }]);
		await expect
			.element(dialog())
			.toHaveAccessibleDescription('HeadshotPro e-mails a sign-in link to each of 2 members.');
		await expect.element(page.getByText('No link can reach 1 person')).toBeVisible();
		await page.getByText('Show the 2 addresses').click();
		await expect.element(page.getByText('grace@example.com')).toBeVisible();
		await expect.element(button('Send 2 access links')).toBeVisible();
	});

	test('each one’s outcome shows as it comes, then all of them, the failed ones first', async () => {
		const { call } = show([ada, grace, edsger]);
		await button('Send 3 access links').click();
		const bar = page.getByRole('progressbar', { name: 'Sending progress' });
		await expect.element(bar).toHaveAttribute('aria-valuenow', '0');
		(await call(0)).answer();
		await expect.element(bar).toHaveAttribute('aria-valuenow', '33');
		await expect.element(page.getByRole('listitem')).toHaveTextContent('ada@example.com Sent');
		(await call(1)).answer(refusal);
		(await call(2)).answer();
		await expect.element(status()).toHaveTextContent('2 of 3 links sent; 1 link failed');
		await expect.element(bar).not.toBeInTheDocument();
		expect(
			page
				.getByRole('listitem')
				.elements()
				.map(({ textContent }) => textContent?.trim()),
		).toEqual([
			'grace@example.com Too many invites for today',
			'edsger@example.com Sent',
			'ada@example.com Sent',
		]);
		await button('Try again').click();
		await expect
			.element(dialog())
			.toHaveAccessibleDescription('HeadshotPro e-mails a sign-in link to grace@example.com.');
	});

	test('Stop sends no other, and the one under way shows what came of it', async () => {
		const { calls, call } = show([ada, grace, edsger]);
		await button('Send 3 access links').click();
		const { answer } = await call(0);
		await button('Stop').click();
		await expect.element(button('Stop')).toHaveAttribute('aria-disabled', 'true');
		await expect.element(status()).toHaveTextContent('Stopping…');
		answer();
		await expect.element(status()).toHaveTextContent('1 of 3 links sent; 2 not sent');
		expect(calls).toHaveLength(1);
	});

	test('one live region speaks from the first moment to the last', async () => {
		const { call } = show([ada, grace]);
		await expect.element(dialog()).toBeVisible();
		const region = status().element();
		expect(region.textContent).toBe('');
		await button('Send 2 access links').click();
		await expect.element(status()).toHaveTextContent('0 of 2 links');
		(await call(0)).answer();
		await expect.element(status()).toHaveTextContent('1 of 2 links');
		(await call(1)).answer();
		await expect.element(status()).toHaveTextContent('2 of 2 links sent');
		expect(status().element()).toBe(region);
	});

	test('no fault is found by axe, in any of its states', async () => {
		const { call } = show([ada, grace, { memberId: 'm', email: null, name: 'Alan Turing' }]);
		const violations = async () => {
			const panel = dialog().element();
			await Promise.all(panel.getAnimations().map(({ finished }) => finished));
			const rules = { 'target-size': { enabled: true } };
			return (await axe.run(panel, { rules })).violations.map(({ id, nodes }) => [id, nodes[0]?.html]);
		};
		await expect.element(dialog()).toBeVisible();
		expect(await violations()).toEqual([]);
		await button('Send 2 access links').click();
		(await call(0)).answer(refusal);
		const { answer } = await call(1);
		expect(await violations()).toEqual([]);
		answer();
		await expect.element(button('Close')).toBeVisible();
		expect(await violations()).toEqual([]);
	});
});
