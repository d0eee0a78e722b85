import type { FinishedShoot } from '$lib/members/member';
import type { Marker } from './marker';

/** One actioned shoot, as the list shows it. */
export interface ActionedEntry {
	marker: Marker;
	/** `null` when it is no longer among the finished shoots. */
	shoot: FinishedShoot | null;
	/** The member's favorite is not the one that was handed over. */
	changed: boolean;
}

/** What has become of the favorite that was handed over, where `changed`. */
export function changeInWords({ marker, shoot }: ActionedEntry): string {
	if (!shoot?.favorite) return 'Has no favorite any more';
	return marker.photoId === null ? 'Chose a favorite since' : 'Chose another favorite since';
}

/** Who it is, as the roster says now, or as the marker has kept it. */
export function whoIs({ marker, shoot }: ActionedEntry): {
	name: string;
	email: string | null;
	title: string | null;
} {
	const email = shoot?.email ?? marker.email;
	const title = shoot?.title ?? null;
	const name = shoot?.name ?? marker.name ?? email ?? title ?? `member-${marker.shootId}`;
	return {
		name,
		email: email === name ? null : email,
		title: title === name ? null : title,
	};
}
