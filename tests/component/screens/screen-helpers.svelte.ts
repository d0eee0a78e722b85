import { render } from '@testing-library/svelte';
import { onTestFinished, vi } from 'vitest';
import { Markers } from '$lib/actioned/markers.svelte';
import { Deliveries } from '$lib/download/kept/deliveries.svelte';
import type { RosterData } from '$lib/members/load';
import type { FinishedShoot } from '$lib/members/member';
import { Roster, type RosterState } from '$lib/members/roster.svelte';
import { Desk } from '$lib/screens/desk';
import { Headshots } from '$lib/screens/headshots/headshots.svelte';
import MembersScreen from '$lib/screens/headshots/MembersScreen.svelte';
import { wholeView, type View } from '$lib/screens/headshots/view';
import type { Session } from '$lib/session/session.svelte';
import { Store } from '$lib/storage/store';
import { Toasts } from '$lib/ui/toasts.svelte';

export const marketing = { id: 'marketing', name: 'Marketing' };
export const sales = { id: 'sales', name: 'Sales' };

export function shoot(id: string, change: Partial<FinishedShoot> = {}): FinishedShoot {
	const url = { url: `/missing/${id}.jpg`, expiresAt: null };
	return {
		id,
		memberId: id,
		email: `${id}@example.com`,
		name: `Member ${id}`,
		title: 'Engineer',
		team: marketing,
		finishedAt: 0,
		favorite: { photoId: id, headshot: url, thumbnail: url, profilePicture: { kind: 'none' } },
		isTest: false,
		...change,
	};
}

export function data(change: Partial<RosterData> = {}): RosterData {
	return {
		organization: { uid: `org ${Math.random()}`, name: 'Acme' },
		teams: [marketing, sales],
		shoots: [shoot('a'), shoot('b', { favorite: null })],
		joined: [],
		invited: [],
		deleted: [],
		skipped: [],
		expected: null,
		...change,
	};
}

interface Setup {
	/** What one load after another answers; an error leads to `problem`. */
	answers: (RosterData | Error | Promise<RosterData>)[];
	problem?: RosterState;
	view?: Partial<View>;
	downloading?: boolean;
	onexpired?: (shoot: FinishedShoot) => void;
	readOnly?: string;
	/** Why no access link can be sent. */
	noLinks?: string;
}

/** The headshots page on a roster and markers of its own; what leaves it is watched. */
export async function showScreen({ answers, problem, view: begin, readOnly, noLinks, ...props }: Setup) {
	let view = $state.raw<View>({ ...wholeView, ...begin });
	let layout = $state<'grid' | 'list'>('grid');
	let actionedOpen = $state(false);
	const load = async () => {
		const answer = await answers.shift();
		if (answer === undefined || answer instanceof Error) throw answer;
		if (!readOnly) await markers.open(answer.organization.uid);
		return answer;
	};
	const store = new Store({ name: `screen ${Math.random()}` });
	const markers = new Markers({ store });
	const roster = new Roster({ load }, () => problem ?? { kind: 'failed', reason: 'No answer.' });
	const downloads = { start: vi.fn() };
	const accessLinks = { ask: vi.fn(), unavailable: noLinks ?? null };
	const exports = { start: vi.fn() };
	const saved = async () => ({ ok: true as const, filename: 'a.png' });
	const photoSaver = { pfp: vi.fn(saved), headshot: vi.fn(saved), photo: vi.fn(saved), isBusy: () => false };
	const toasts = new Toasts();
	const session = { roster, markers, downloads, accessLinks, exports, photoSaver, toasts };
	const clipboard = { writeText: vi.fn(async () => {}) };
	const calls = { onretry: vi.fn(), onbackup: vi.fn(), onresults: vi.fn() };
	const show = (change: Partial<View>) => void (view = { ...view, ...change });
	const headshots = new Headshots(roster, markers, new Deliveries(store), () => view);
	render(MembersScreen, {
		headshots,
		desk: new Desk(session as unknown as Session, clipboard as unknown as Clipboard),
		source: { kind: 'stand-in', label: '' },
		onview: show,
		get layout() {
			return layout;
		},
		onlayout: (chosen: 'grid' | 'list') => (layout = chosen),
		get actionedOpen() {
			return actionedOpen;
		},
		onactionedopen: (open: boolean) => (actionedOpen = open),
		hrefOf: ({ id }: FinishedShoot) => `/members/${id}?tab=headshots`,
		downloading: false,
		...calls,
		...props,
	});
	onTestFinished(() => {
		markers.dispose();
		store.dispose();
		toasts.dispose();
	});
	await roster.load();
	return { ...session, ...calls, headshots, clipboard, show, view: () => view };
}
