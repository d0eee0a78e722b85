import type { MarkerRecord } from '$lib/storage/schema';
import * as v from 'valibot';

/**
 * The admin's own note that the photos of one finished shoot were dealt with. It is kept in this browser only, and
 * changes nothing on the member's account.
 */
export type Marker = MarkerRecord;

/**
 * What is handed over when a shoot is marked; who it is stays readable when the shoot has vanished. `actionedAt` where
 * that was earlier.
 */
export type Handed = Pick<Marker, 'shootId' | 'photoId' | 'email' | 'name' | 'actionedAt'>;

/** Longest note, in UTF-16 code units, as `maxlength` counts. */
export const LONGEST_NOTE = 500;
/** Names and addresses beyond this are cut. */
const LONGEST_TEXT = 1_000;

const id = v.pipe(v.string(), v.nonEmpty(), v.maxLength(200));
const text = v.nullable(v.pipe(v.string(), v.maxLength(LONGEST_TEXT)));
const time = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** One marker out of a file that anybody may have written. Whatever else an entry carries is dropped. */
export const markerSchema: v.GenericSchema<unknown, Marker> = v.object({
	organization: id,
	shootId: id,
	state: v.picklist(['actioned', 'undone']),
	at: time,
	actionedAt: v.exactOptional(time),
	photoId: v.nullable(id),
	note: v.pipe(v.string(), v.maxLength(LONGEST_NOTE)),
	email: text,
	name: text,
});

/** When it was actioned, ms since the epoch, whatever has become of it since. */
export function actionedAt({ at, actionedAt = at }: Marker): number {
	return actionedAt;
}

/** Of two states of one shoot's marker the one that holds: the newest; of two at the same ms, always the same one. */
export function merge(existing: Marker, incoming: Marker): Marker {
	if (existing.at !== incoming.at) return existing.at > incoming.at ? existing : incoming;
	return rank(existing) >= rank(incoming) ? existing : incoming;
}

/** An order of all contents, so that it doesn't matter which of two was there first. */
function rank({ state, photoId, note, email, name, actionedAt = -1 }: Marker): string {
	return JSON.stringify([state, photoId, note, email, name, actionedAt]);
}

/** The time of a new action, in ms: later than what it replaces, even when the clock was set back since. */
export function nextTime(existing: Marker | undefined, now: number): number {
	return existing === undefined ? now : Math.max(now, existing.at + 1);
}

/** Marks a shoot, again perhaps: the note stays. @param at now, in ms */
export function marked(
	organization: string,
	{ shootId, photoId, email, name, actionedAt }: Handed,
	existing: Marker | undefined,
	at: number,
): Marker {
	return {
		organization,
		shootId,
		state: 'actioned',
		at,
		...(actionedAt !== undefined && { actionedAt }),
		photoId,
		note: existing?.note ?? '',
		email: email?.slice(0, LONGEST_TEXT) ?? null,
		name: name?.slice(0, LONGEST_TEXT) ?? null,
	};
}

/** A note as it is kept: trimmed, and cut where it is too long. */
export function tidyNote(note: string): string {
	return note.trim().slice(0, LONGEST_NOTE);
}
