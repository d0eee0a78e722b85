import { concerns, type Concern } from '$lib/members/attention';
import { sorts, type Sort } from '$lib/members/arrange';

export const tabs = ['all', 'finished', 'joined', 'invited', 'attention', 'deleted', 'actioned'] as const;
export type Tab = (typeof tabs)[number];

/** What of the members is shown, and how. All of it is in the page's address, so that a link or Back restores it. */
export interface View {
	/** Only this team; `null` for the whole organization. */
	team: string | null;
	tab: Tab;
	/** What was typed into the search. */
	q: string;
	sort: Sort;
	/** Under Attention: only this concern. */
	why: Concern | null;
	/** Test shoots too. */
	tests: boolean;
}

export const wholeView: Readonly<View> = {
	team: null,
	tab: 'all',
	q: '',
	sort: 'latest',
	why: null,
	tests: false,
};

/** Reads `?team=&tab=&q=&sort=&why=&tests=1`; whatever isn't known is left at its default. */
export function readView(query: URLSearchParams): View {
	return {
		team: query.get('team') || null,
		tab: known(tabs, query.get('tab')) ?? wholeView.tab,
		q: (query.get('q') ?? '').slice(0, 200),
		sort: known(sorts, query.get('sort')) ?? wholeView.sort,
		why: known(concerns, query.get('why')),
		tests: query.get('tests') === '1',
	};
}

/** The query of a view: `?tab=finished&q=ada`, or nothing for the whole. */
export function writeView({ team, tab, q, sort, why, tests }: View): string {
	const query = new URLSearchParams();
	if (team !== null) query.set('team', team);
	if (tab !== wholeView.tab) query.set('tab', tab);
	if (q !== '') query.set('q', q);
	if (sort !== wholeView.sort) query.set('sort', sort);
	if (why !== null && tab === 'attention') query.set('why', why);
	if (tests) query.set('tests', '1');
	const text = query.toString();
	return text === '' ? '' : `?${text}`;
}

function known<T extends string>(words: readonly T[], word: string | null): T | null {
	return words.find((one) => one === word) ?? null;
}
