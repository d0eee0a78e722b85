import { isoDate } from '$lib/ui/iso-date';
import { count } from '$lib/ui/numbers';
import * as v from 'valibot';
import { markerSchema, merge, type Marker } from './marker';

const FORMAT = 'headshot-admin-markers';
const VERSION = 1;
/** Some 150,000 markers; anything larger was not written by this page. */
const LARGEST = 50_000_000;
/** Two clocks may differ, in ms; a marker further ahead would win against every real one. */
const CLOCKS_DIFFER_MS = 24 * 60 * 60 * 1000;
/** Past all that a clock shows, in ms since the epoch: such a number was never a time. */
const END_OF_TIME = Date.UTC(10_000, 0);
/** So many entries are checked before the page may draw and listen again. */
const PORTION = 2_000;

export type BackupReading =
	/** `skipped` entries could not be read. `savedAt`: ms since the epoch, or `null` when the file doesn't tell. */
	| { kind: 'ok'; markers: Marker[]; skipped: number; savedAt: number | null }
	/** `reason` is a sentence for the person. */
	| { kind: 'bad'; reason: string };

/** `actioned-YYYY-MM-DD.json`, by the admin's own calendar. `time` in ms since the epoch. */
export function backupFilename(time: number): string {
	return `actioned-${isoDate(time)}.json`;
}

/**
 * A JSON file of all markers.
 * @param markers with the undone ones, so that a restore elsewhere undoes them there too
 */
export function writeBackup(
	markers: Iterable<Marker>,
	{ organization, now }: { organization: { uid: string; name: string }; now: number },
): Blob {
	const backup = {
		format: FORMAT,
		version: VERSION,
		organization: { uid: organization.uid, name: organization.name },
		savedAt: new Date(now).toISOString(),
		markers: [...markers],
	};
	return new Blob([JSON.stringify(backup, null, '\t')], { type: 'application/json' });
}

const envelopeSchema = v.object({
	format: v.literal(FORMAT),
	version: v.pipe(v.number(), v.integer(), v.minValue(1)),
	organization: v.object({ uid: v.string(), name: v.fallback(v.string(), '') }),
	savedAt: v.fallback(v.nullable(v.string()), null),
	markers: v.optional(v.unknown()),
});

/**
 * Reads a backup, whoever wrote it. It never throws, and changes nothing. Markers that were made while the clock was
 * far ahead come as of when they were saved.
 *
 * @param organizationUid whose markers it must hold
 * @param onprogress the share of the file that has been checked, 0 to 1
 */
export async function readBackup(
	file: Blob,
	organizationUid: string,
	{ now = Date.now(), onprogress }: { now?: number; onprogress?: (share: number) => void } = {},
): Promise<BackupReading> {
	if (file.size > LARGEST) return bad('This file is too large to be a backup of markers.');
	const text = await file.text().catch(() => null);
	if (text === null) return bad('This file could not be read. Choose it again.');
	let content: unknown;
	try {
		content = JSON.parse(text);
	} catch {
		return bad('This file is damaged, or it is not a backup: it is not JSON.');
	}
	const envelope = v.safeParse(envelopeSchema, content);
	if (!envelope.success) return bad('This file is not a backup of markers.');
	const { version, organization, savedAt, markers } = envelope.output;
	if (version > VERSION) {
		return bad('This backup was made by a newer version of this page. Reload the page and try again.');
	}
	if (organization.uid !== organizationUid) {
		const whose = organization.name ? `of ${organization.name.slice(0, 100)}` : 'of another organization';
		return bad(`This is the backup ${whose}, whose markers don’t belong here.`);
	}
	if (!Array.isArray(markers)) return bad('This backup is damaged: it holds no markers.');
	const read = await readMarkers(markers, organizationUid, onprogress);
	if (read.markers.length === 0) {
		return bad(
			markers.length === 0
				? 'There are no markers in this backup.'
				: `This backup is damaged: none of its ${count(markers.length, 'entry', 'entries')} can be read.`,
		);
	}
	const time = savedAt === null ? NaN : Date.parse(savedAt);
	// No marker was made after its backup, which a clock that was ahead may have dated as well.
	const latest = time >= 0 && time <= now ? time : now;
	const hold = (marker: Marker) =>
		dated(marker.at > now + CLOCKS_DIFFER_MS ? { ...marker, at: latest } : marker);
	return {
		kind: 'ok',
		markers: read.markers.map(hold),
		skipped: read.skipped,
		savedAt: Number.isNaN(time) ? null : time,
	};
}

/** It was actioned when it changed last, or earlier. */
function dated(marker: Marker): Marker {
	const { at, actionedAt = at } = marker;
	return actionedAt > at ? { ...marker, actionedAt: at } : marker;
}

async function readMarkers(
	entries: unknown[],
	organization: string,
	onprogress?: (share: number) => void,
): Promise<{ markers: Marker[]; skipped: number }> {
	const markers = new Map<string, Marker>();
	let skipped = 0;
	for (const [index, entry] of entries.entries()) {
		if (index > 0 && index % PORTION === 0) {
			onprogress?.(index / entries.length);
			await new Promise((resolve) => setTimeout(resolve));
		}
		const result = v.safeParse(markerSchema, entry, { abortEarly: true });
		if (!result.success || result.output.organization !== organization || result.output.at >= END_OF_TIME) {
			skipped += 1;
			continue;
		}
		const marker = result.output;
		const twin = markers.get(marker.shootId);
		markers.set(marker.shootId, twin ? merge(twin, marker) : marker);
	}
	return { markers: [...markers.values()], skipped };
}

function bad(reason: string): BackupReading {
	return { kind: 'bad', reason };
}
