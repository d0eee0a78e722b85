import { onTestFinished } from 'vitest';
import type { Marker } from '$lib/actioned/marker';
import { Markers, type MarkersOptions } from '$lib/actioned/markers.svelte';
import { openStore } from '../storage/storage-helpers';

let organizations = 0;

/** An organization that no other test has markers of: the channel and the counts are the whole browser's. */
export function freshOrganization(): string {
	const organization = `org-${Date.now()}-${organizations++}`;
	onTestFinished(() => localStorage.removeItem(countKey(organization)));
	return organization;
}

export const countKey = (organization: string) => `headshot-admin:markers:${organization}`;

/** The markers of one tab: its own connection to the database, its own line to the others. */
export async function openTab(
	name: string,
	organization: string,
	options: Partial<MarkersOptions> = {},
): Promise<Markers> {
	const markers = new Markers({ store: openStore(name), ...options });
	onTestFinished(() => markers.dispose());
	await markers.open(organization);
	return markers;
}

export const handed = (...shootIds: string[]) =>
	shootIds.map((shootId) => ({
		shootId,
		photoId: `photo-of-${shootId}`,
		email: `${shootId}@example.com`,
		name: shootId.toUpperCase(),
	}));

export function marker(organization: string, shootId: string, change: Partial<Marker> = {}): Marker {
	return { organization, state: 'actioned', at: 1_000, note: '', ...handed(shootId)[0]!, ...change };
}

export const shoots = (markers: Markers) => [...markers.actioned.keys()].sort();
