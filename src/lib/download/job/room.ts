import { PROFILE_PICTURE_SIDE } from '$lib/photos/convert';
import { formatBytes } from '$lib/ui/numbers';
import { MEMORY_BYTES } from '$lib/zip/sizes';
import type { FileKey } from '$lib/download/contract';
import type { FavoritePlan, PhotoTask, PlannedFile } from './plan';

/*
 * How much a download will take, before any of it is here. Nobody tells a photo's size before it is fetched, so all of it
 * is an estimate: it leads to an offer, never to a refusal.
 */

/** What photos usually weigh, in bytes. */
const USUAL = { headshot: 2_500_000, 'profile-picture': 500_000 };
/** What a pixel of a portrait usually takes in a JPEG of high quality, in bytes. */
const PIXEL = 0.5;
/** So much in a browser's memory may be too much for it, in bytes. */
const LARGE = 500_000_000;
/** Photos may be larger than is usual, and the archive's directory needs a little. */
const MARGIN = 1.05;

export interface NoRoom {
	/** Bytes that the archive would take, and that there are. */
	needed: number;
	free: number;
	/** Archives that fit one after the other: which files each of them holds. */
	parts: FileKey[][];
}

/** Bytes that the archive will about take. */
export function expectedBytes(favorites: readonly FavoritePlan[]): number {
	return favorites.reduce((sum, favorite) => sum + bytesOf(favorite), 0);
}

/**
 * What to say when it won't fit; `null` when it will, or when one member alone is all there is.
 * @param room tells how many of the wanted bytes, a whole number, there are; `null` where nobody knows
 */
export async function noRoom(
	favorites: readonly FavoritePlan[],
	room: (wanted: number) => Promise<number | null>,
): Promise<NoRoom | null> {
	const needed = expectedBytes(favorites);
	// No file can grow by a part of a byte, and one that does not grow as it should is taken for a full disk.
	const wanted = Math.ceil(needed * MARGIN);
	const free = await room(wanted);
	if (free === null || free >= wanted) return null;
	const parts = partsOf(favorites, free / MARGIN);
	return parts.length > 1 ? { needed, free, parts } : null;
}

/** What to say where the browser has no file for so many photos; `null` for a few, which need none. */
export function memoryWarning(favorites: readonly FavoritePlan[]): string | null {
	return expectedBytes(favorites) <= MEMORY_BYTES ? null : heldInMemory(favorites);
}

/** The same, however many they are. */
export function heldInMemory(favorites: readonly FavoritePlan[]): string {
	const expected = expectedBytes(favorites);
	const held =
		'This browser lets the page have no files of its own here, as in some private windows. Until they are packed, these ' +
		`photos are held in memory, about ${formatBytes(expected)}; if the download is interrupted, it begins anew.`;
	return expected < LARGE
		? held
		: `${held} Should the browser run out of memory, download them team by team.`;
}

/** All of a member is in one part; the order stays. */
function partsOf(favorites: readonly FavoritePlan[], limit: number): FileKey[][] {
	const parts: FileKey[][] = [];
	let left = 0;
	for (const member of byMember(favorites)) {
		const bytes = expectedBytes(member);
		const last = parts.at(-1);
		const part = last && bytes <= left ? last : [];
		if (part !== last) {
			parts.push(part);
			left = limit;
		}
		part.push(...member.flatMap(keysOf));
		left -= bytes;
	}
	return parts;
}

function byMember(favorites: readonly FavoritePlan[]): FavoritePlan[][] {
	const members = new Map<string, FavoritePlan[]>();
	for (const favorite of favorites) {
		const { memberKey } = favorite;
		members.set(memberKey, [...(members.get(memberKey) ?? []), favorite]);
	}
	return [...members.values()];
}

function keysOf({ shootId, photoId, picture, tasks }: FavoritePlan): FileKey[] {
	return tasks.flatMap(({ files }) => files.map(({ name }) => ({ shootId, photoId, picture, file: name })));
}

function bytesOf({ tasks }: FavoritePlan): number {
	return tasks.flatMap(({ photo, files }) => files.map((file) => fileBytes(file, photo))).reduce(sum, 0);
}

function fileBytes({ make }: PlannedFile, photo: PhotoTask['photo']): number {
	if (make === 'jpeg') return USUAL[photo];
	if (make === 'crop') return PROFILE_PICTURE_SIDE ** 2 * PIXEL;
	const { frame, maxBytes } = make;
	return Math.min(frame ? frame.width * frame.height * PIXEL : USUAL[photo], maxBytes ?? Infinity);
}

function sum(one: number, other: number): number {
	return one + other;
}
