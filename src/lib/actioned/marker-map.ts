import type { Marker } from './marker';

/** One organization's markers by shoot, the undone ones too. */
export type MarkerMap = ReadonlyMap<string, Marker>;

export function byShoot(markers: Iterable<Marker>): MarkerMap {
	return withMarkers(new Map(), markers);
}

/** The map with some markers added or replaced. */
export function withMarkers(map: MarkerMap, markers: Iterable<Marker>): MarkerMap {
	const changed = new Map(map);
	for (const marker of markers) changed.set(marker.shootId, marker);
	return changed;
}

/** The map with what these shoots have now, if anything. */
export function withShoots(map: MarkerMap, shootIds: string[], found: MarkerMap): MarkerMap {
	const changed = new Map(map);
	for (const shootId of shootIds) {
		const marker = found.get(shootId);
		if (marker) changed.set(shootId, marker);
		else changed.delete(shootId);
	}
	return changed;
}

export function onlyActioned(map: MarkerMap): MarkerMap {
	return new Map([...map].filter(([, marker]) => marker.state === 'actioned'));
}

export function countActioned(map: MarkerMap): number {
	let actioned = 0;
	for (const marker of map.values()) if (marker.state === 'actioned') actioned += 1;
	return actioned;
}

/** What can change of a marker. */
const told = ['at', 'actionedAt', 'state', 'photoId', 'note'] as const;

/** Whether a second reading of the disk brought nothing new. */
export function isSame(map: MarkerMap, other: MarkerMap): boolean {
	if (map.size !== other.size) return false;
	for (const [shootId, marker] of other) {
		const twin = map.get(shootId);
		if (!twin || told.some((key) => twin[key] !== marker[key])) return false;
	}
	return true;
}
