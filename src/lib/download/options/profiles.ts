import type { DownloadOptions } from './options';
import { parseJson, parseOptions } from './options-schema';

/** Options that the admin has given a name. */
export interface Profile {
	name: string;
	options: DownloadOptions;
}

/** The longest name, in characters: more doesn't fit on a button. */
export const MAX_NAME = 60;
/** More than anybody keeps apart. */
const MAX_PROFILES = 50;

/** What is to become of the profiles there are; another tab may have saved some since they were shown. */
export type ProfilesChange = (profiles: readonly Profile[]) => Profile[];

/** Profiles out of remembered text; what isn't one is left out. */
export function readProfiles(text: string | null): Profile[] {
	const list = parseJson(text);
	if (!Array.isArray(list)) return [];
	return list
		.slice(0, MAX_PROFILES)
		.reduce<Profile[]>((profiles, item) => withProfile(profiles, profileOf(item)), []);
}

export function writeProfiles(profiles: readonly Profile[]): string {
	return JSON.stringify(profiles);
}

/** With one more, or with one of the same name replaced; what has no name changes nothing. */
export function withProfile(profiles: readonly Profile[], profile: Profile | null): Profile[] {
	const name = profile === null ? '' : cleanName(profile.name);
	if (profile === null || name === '') return [...profiles];
	const saved = { name, options: profile.options };
	if (profiles.some((other) => isSame(other.name, name))) {
		return profiles.map((other) => (isSame(other.name, name) ? saved : other));
	}
	return profiles.length < MAX_PROFILES ? [...profiles, saved] : [...profiles];
}

/** With another name; one that is empty or another profile's changes nothing. */
export function renamed(profiles: readonly Profile[], from: string, to: string): Profile[] {
	const name = cleanName(to);
	const taken = profiles.some((other) => !isSame(other.name, from) && isSame(other.name, name));
	if (name === '' || taken) return [...profiles];
	return profiles.map((profile) => (isSame(profile.name, from) ? { ...profile, name } : profile));
}

export function withoutProfile(profiles: readonly Profile[], name: string): Profile[] {
	return profiles.filter((profile) => !isSame(profile.name, name));
}

/** The name as it is kept: on one line, without spaces around, at most 60 characters; may be empty. */
export function cleanName(text: string): string {
	const line = text.replace(/[\s\p{C}]+/gu, ' ').trim();
	return [...line].slice(0, MAX_NAME).join('').trim();
}

/** Whether both are one name, however they are written. */
export function isSame(one: string, other: string): boolean {
	return cleanName(one).toLowerCase() === cleanName(other).toLowerCase();
}

function profileOf(item: unknown): Profile | null {
	if (typeof item !== 'object' || item === null) return null;
	const { name, options } = item as { name?: unknown; options?: unknown };
	const parsed = parseOptions(options);
	return typeof name === 'string' && parsed !== null ? { name, options: parsed } : null;
}
