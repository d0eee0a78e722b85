import type { Marker } from '$lib/actioned/marker';

/** A shoot that is actioned. */
export function marker(shootId: string, change: Partial<Marker> = {}): Marker {
	return {
		organization: 'acme',
		shootId,
		state: 'actioned',
		at: 1_000,
		photoId: 'photo-1',
		note: '',
		email: `${shootId}@example.com`,
		name: null,
		...change,
	};
}
