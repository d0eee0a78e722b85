/** What the tests need of the machine besides npm's packages: looked for once in a run, and installed where it is missing. */
import { findChromium, type FoundChromium, type Kind } from './browser/chromium.ts';
import { equip } from './unpackers/equip.ts';

const chromiums = new Map<Kind, Promise<FoundChromium>>();
let unpackers: Promise<void> | null = null;
let last: Promise<unknown> = Promise.resolve();

/** Rejects, with what to do, when none can be had. */
export function chromiumOf(kind: Kind): Promise<FoundChromium> {
	const found = chromiums.get(kind) ?? inTurn(() => findChromium(kind));
	chromiums.set(kind, found);
	return found;
}

/** Python and unzip, where they can be had. */
export function unpackersThere(): Promise<void> {
	return (unpackers ??= inTurn(() => equip()));
}

/** Debian's packages are installed by one program at a time. */
function inTurn<T>(install: () => Promise<T>): Promise<T> {
	const installed = last.then(install);
	last = installed.catch(() => {});
	return installed;
}
