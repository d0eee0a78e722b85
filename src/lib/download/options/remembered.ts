import { recall, remember } from '$lib/storage/local';
import type { DownloadOptions } from './options';
import { readOptions } from './options-schema';
import { readProfiles, writeProfiles, type Profile } from './profiles';

/*
 * What the options dialog was left with, in this browser. Nothing of it is about a member.
 */

const OPTIONS = 'headshot-admin:download-options';
const PROFILES = 'headshot-admin:download-profiles';
const STRAIGHT = 'headshot-admin:download-straight-to-disk';

/** The plain options where nothing readable is remembered. */
export function recallOptions(): DownloadOptions {
	return readOptions(recall(OPTIONS));
}

export function rememberOptions(options: DownloadOptions): void {
	remember(OPTIONS, JSON.stringify(options));
}

/** @param here those of this page, which hold where the browser keeps nothing */
export function recallProfiles(here: readonly Profile[] = []): Profile[] {
	const text = recall(PROFILES);
	return text === null ? [...here] : readProfiles(text);
}

export function rememberProfiles(profiles: readonly Profile[]): void {
	remember(PROFILES, writeProfiles(profiles));
}

/** Whether archives go straight to disk. */
export function recallStraight(): boolean {
	return recall(STRAIGHT) === 'yes';
}

export function rememberStraight(straight: boolean): void {
	remember(STRAIGHT, straight ? 'yes' : 'no');
}
