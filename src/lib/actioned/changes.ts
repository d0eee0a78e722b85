import { actionedAt, marked, merge, nextTime, tidyNote, type Handed, type Marker } from './marker';
import type { MarkerMap } from './marker-map';

/** One thing that the person does to the markers of some shoots. */
export interface Change {
	/** Each one once. */
	shootIds: string[];
	/**
	 * Gives a shoot's new marker out of the one it has; the same one, or `undefined`, to leave it. It is asked for the
	 * screen first, and for the disk later, where another tab may have been quicker: then the time is later than that
	 * one's, so that the last press wins.
	 */
	apply(shootId: string, existing: Marker | undefined): Marker | undefined;
}

/** @param now when it was pressed, in ms since the epoch; so below */
export function toMark(organization: string, handed: Handed[], now: number): Change {
	const shoots = new Map(handed.map((one) => [one.shootId, one]));
	return {
		shootIds: [...shoots.keys()],
		apply: (shootId, existing) =>
			marked(organization, shoots.get(shootId)!, existing, nextTime(existing, now)),
	};
}

export function toUndo(shootIds: string[], now: number): Change {
	return {
		shootIds: [...new Set(shootIds)],
		apply: (_, existing) =>
			existing?.state === 'actioned'
				? { ...existing, state: 'undone', at: nextTime(existing, now) }
				: existing,
	};
}

/** @param note as it was typed; an empty one removes it */
export function toNote(shootId: string, note: string, now: number): Change {
	const tidy = tidyNote(note);
	return {
		shootIds: [shootId],
		apply: (_, existing) =>
			existing && existing.note !== tidy
				? { ...existing, note: tidy, at: nextTime(existing, now), actionedAt: actionedAt(existing) }
				: existing,
	};
}

/** Of each shoot the newest state holds; nothing is cleared. Markers of other organizations are left out. */
export function toRestore(organization: string, markers: Marker[]): Change {
	const own = markers.filter((marker) => marker.organization === organization);
	const incoming = new Map(own.map((marker) => [marker.shootId, marker]));
	return {
		shootIds: [...incoming.keys()],
		apply: (shootId, existing) =>
			existing ? merge(existing, incoming.get(shootId)!) : incoming.get(shootId),
	};
}

/** The markers that a change will have made new, as far as this tab can tell. */
export function previewChange(map: MarkerMap, { shootIds, apply }: Change): MarkerMap {
	const shown = new Map<string, Marker>();
	for (const shootId of shootIds) {
		const before = map.get(shootId);
		const after = apply(shootId, before);
		if (after && after !== before) shown.set(shootId, after);
	}
	return shown;
}
