import { version } from '$app/environment';
import { VERSION_LOCK } from '$lib/offline/version-lock';

/** What this version is made of stays in the browser as long as this tab holds its lock: from the start on. */
export function holdVersion(): void {
	if (!('locks' in navigator)) return;
	const forEver = new Promise<void>(() => {});
	void navigator.locks.request(`${VERSION_LOCK}${version}`, { mode: 'shared' }, () => forEver);
}
