import { actionedAt } from '$lib/actioned/marker';
import type { Markers } from '$lib/actioned/markers.svelte';
import type { Deliveries } from '$lib/download/kept/deliveries.svelte';
import { attention, concerns, type Concern } from '$lib/members/attention';
import { matching, SHORTEST_SEARCH, sorted } from '$lib/members/arrange';
import { memberKey, type FinishedShoot, type Person, type Team } from '$lib/members/member';
import { listPeople } from '$lib/members/people';
import type { Roster } from '$lib/members/roster.svelte';
import type { Tab, View } from './view';

/** What the headshots page shows of the roster and the markers, by its view. */
export class Headshots {
	#view: () => View;

	constructor(
		readonly roster: Roster,
		readonly markers: Markers,
		readonly deliveries: Deliveries,
		view: () => View,
	) {
		this.#view = view;
	}

	/** A link may name a team that is gone: it means everybody then, and says so. */
	readonly view = $derived.by((): View => {
		const view = this.#view();
		const isGone = view.team !== null && this.roster.loaded && this.roster.team(view.team) === null;
		return isGone ? { ...view, team: null } : view;
	});

	// Each for itself: of ten thousand members, a search counts nobody again who has nothing to do with it.
	readonly #teamId = $derived.by(() => this.view.team);
	readonly #tests = $derived.by(() => this.view.tests);
	readonly #q = $derived.by(() => this.view.q);
	readonly #sort = $derived.by(() => this.view.sort);

	/** What is searched for; empty while it is too short for that. */
	readonly search = $derived.by(() => {
		const search = this.#q.trim();
		return search.length < SHORTEST_SEARCH ? '' : search;
	});

	readonly team = $derived.by((): Team | null => this.roster.team(this.#teamId));

	/** Of the selected team: every finished shoot, whatever was searched for. */
	readonly shoots = $derived.by(() => {
		const tests = this.#tests;
		return this.#ofTeam(this.roster.data.shoots).filter((shoot) => tests || !shoot.isTest);
	});

	/** Of a team, whoever has a shoot there, though it may not be their latest. */
	readonly people = $derived.by(() => {
		if (this.#teamId === null) return this.roster.people;
		const { shoots, joined, invited } = this.roster.data;
		return listPeople(this.#ofTeam(shoots), this.#ofTeam(joined), this.#ofTeam(invited));
	});

	/** How many favorites a download is about: test shoots have none. */
	readonly favorites = $derived.by(
		() => this.shoots.filter((shoot) => shoot.favorite !== null && !shoot.isTest).length,
	);

	/** Those of them that were not handed over from this browser as they are now; `null` before the first time. */
	readonly fresh = $derived.by((): readonly FinishedShoot[] | null => {
		if (this.deliveries.since === null) return null;
		return this.shoots.filter((shoot) => !shoot.isTest && this.deliveries.isNew(shoot));
	});

	readonly testShoots = $derived.by(
		() => this.#ofTeam(this.roster.data.shoots).filter((shoot) => shoot.isTest).length,
	);

	/** By the search and in the order of the view. */
	readonly #found = $derived.by(() =>
		sorted(matching(this.shoots, this.#q), this.#sort, ({ id }) => this.markers.actionedAt(id) ?? 0),
	);

	readonly finished = $derived.by(() => this.#found.filter((shoot) => !this.isActioned(shoot)));
	readonly joined = $derived.by(() => matching(this.#ofTeam(this.roster.data.joined), this.#q));
	readonly invited = $derived.by(() => matching(this.#ofTeam(this.roster.data.invited), this.#q));
	readonly deleted = $derived.by(() => matching(this.#ofTeam(this.roster.data.deleted), this.#q));

	/** The most recently actioned first, unless another order is asked for. */
	readonly actioned = $derived.by(() => {
		const rows = this.#found
			.filter((shoot) => this.isActioned(shoot))
			.map((shoot) => ({
				marker: this.markers.actioned.get(shoot.id)!,
				shoot: shoot as FinishedShoot | null,
				changed: this.hasChanged(shoot),
			}));
		const gone = matching(this.#gone, this.#q).map((marker) => ({ marker, shoot: null, changed: false }));
		const all = [...rows, ...gone];
		if (this.#sort !== 'name') all.sort((a, b) => actionedAt(b.marker) - actionedAt(a.marker));
		return all;
	});

	/** Handed over, and deleted or reset since: the work that was done is still told. */
	readonly #gone = $derived.by(() => {
		if (this.#teamId !== null || !this.roster.whole) return [];
		const known = new Set(this.roster.data.shoots.map((shoot) => shoot.id));
		return [...this.markers.actioned.values()].filter((marker) => !known.has(marker.shootId));
	});

	readonly #attention = $derived.by(() =>
		attention(
			this.shoots.filter((shoot) => !shoot.isTest),
			{
				actioned: (shoot) => this.isActioned(shoot),
				changed: (shoot) => this.hasChanged(shoot),
				now: Date.now(),
			},
		),
	);

	/** How many shoots each concern is about. */
	readonly concerns = $derived.by(() =>
		concerns.map((concern) => ({ concern, count: this.#attention[concern].size })),
	);

	/** The shoots of the chosen concern, or of all. */
	readonly concerning = $derived.by(() => {
		const { why } = this.view;
		const wanted: Concern[] = why === null ? [...concerns] : [why];
		return this.#found.filter((shoot) => wanted.some((concern) => this.#attention[concern].has(shoot)));
	});

	/** Why a shoot wants attention. */
	concernsOf(shoot: FinishedShoot): Concern[] {
		return concerns.filter((concern) => this.#attention[concern].has(shoot));
	}

	/** The photo shoots of each list that the chosen tab shows; whoever is in a gallery steps through theirs. */
	readonly lists = $derived.by((): (readonly FinishedShoot[])[] => {
		if (this.view.tab === 'attention') return [this.concerning];
		return [this.finished, this.actioned.flatMap(({ shoot }) => shoot ?? [])];
	});

	/** How many lines or cards the chosen tab shows, by the search; under All, how many members. */
	readonly shown = $derived.by((): number => {
		const { tab } = this.view;
		if (tab !== 'all') return this[tab === 'attention' ? 'concerning' : tab].length;
		const { size } = new Set(this.finished.map(memberKey));
		// Who else there is, a first part of the lists can't tell.
		return size + (this.roster.whole ? this.joined.length + this.invited.length : 0);
	});

	readonly counts = $derived.by((): Record<Tab, number> => {
		const { joined, invited, deleted } = this.roster.data;
		const actioned = this.shoots.filter((shoot) => this.isActioned(shoot)).length;
		// Until everybody is here, all that are marked count: their tab is there from the first part on.
		const isPart = this.#teamId === null && !this.roster.whole;
		const wanting = new Set(concerns.flatMap((concern) => [...this.#attention[concern]]));
		return {
			all: this.people.length,
			finished: this.shoots.length - actioned,
			joined: this.#ofTeam(joined).length,
			invited: this.#ofTeam(invited).length,
			attention: wanting.size,
			deleted: this.#ofTeam(deleted).length,
			actioned: isPart ? this.markers.actioned.size : actioned + this.#gone.length,
		};
	});

	/** How many members have each status. */
	readonly tally = $derived.by(() => {
		const tally: Record<Person['status'], number> = { finished: 0, joined: 0, invited: 0 };
		for (const { status } of this.people) tally[status]++;
		return tally;
	});

	isActioned(shoot: FinishedShoot): boolean {
		return this.markers.actioned.has(shoot.id);
	}

	/** The member chose another favorite after this one was handed over. */
	hasChanged(shoot: FinishedShoot): boolean {
		const marker = this.markers.actioned.get(shoot.id);
		return marker !== undefined && marker.photoId !== (shoot.favorite?.photoId ?? null);
	}

	#ofTeam<T extends { team: Team | null }>(items: readonly T[]): readonly T[] {
		const team = this.#teamId;
		return team === null ? items : items.filter((item) => item.team?.id === team);
	}
}
