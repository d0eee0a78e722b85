import { recall, remember } from '$lib/storage/local';
import type { DownloadOptions } from './options';
import { readOptions } from './options-schema';
import { readProfiles, writeProfiles, type Profile } from './profiles';

/*
 * What the options dialog was left with, in this browser. Nothing of it is about a member.
 */

const OPTIONS = 'headshot-admin:download-options';
const PROFILES = 'headshot-admin:download-profiles';

/** The plain options where nothing readable is remembered. */
export function recallOptions(): DownloadOptions {
	return readOptions(recall(OPTIONS));
}

export function rememberOptions(options: DownloadOptions): void {
	remember(OPTIONS, JSON.stringify(options));
}

export function recallProfiles(): Profile[] {
	return readProfiles(recall(PROFILES));
}

export function rememberProfiles(profiles: readonly Profile[]): void {
	remember(PROFILES, writeProfiles(profiles));
}
