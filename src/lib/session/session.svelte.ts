import { AccessLinks } from '$lib/access/access-links.svelte';
import { LockedSentLog } from '$lib/access/sent-log';
import { Markers } from '$lib/actioned/markers.svelte';
import { Backend } from '$lib/backend/client';
import { BackendError, isBackendError } from '$lib/backend/errors';
import type { GetToken } from '$lib/backend/token';
import { Exports } from '$lib/csv/exports.svelte';
import { Downloads } from '$lib/download/running/downloads.svelte';
import { Deliveries } from '$lib/download/kept/deliveries.svelte';
import { placeChooser } from '$lib/download/running/save-place';
import { Unfinished } from '$lib/download/kept/unfinished.svelte';
import { loadRoster, type RosterData } from '$lib/members/load';
import { problemOf, Roster } from '$lib/members/roster.svelte';
import { Snapshots } from '$lib/offline/snapshots.svelte';
import { Thumbnails } from '$lib/offline/thumbnails.svelte';
import { PhotoSaver } from '$lib/one-photo/photo-saver.svelte';
import { hasBuckets, openBucket } from '$lib/storage/bucket';
import { StorageError } from '$lib/storage/errors';
import { isForeignFrame } from '$lib/storage/partition';
import { COPY, copySteps } from '$lib/storage/schema';
import { Store } from '$lib/storage/store';
import { Toasts } from '$lib/ui/toasts.svelte';
import { saveAs } from 'file-saver';
import { sourceOf, type Config } from './config';
import { protectDownload } from './protect.svelte';
import { storedSentLog } from './stored-sent-log';

/** Everything that one mount of the page needs; built once, and disposed on the way out. */
export interface Session {
	config: Config;
	backend: Backend;
	roster: Roster;
	/** What this browser keeps. */
	store: Store;
	markers: Markers;
	downloads: Downloads;
	deliveries: Deliveries;
	unfinished: Unfinished;
	snapshots: Snapshots;
	thumbnails: Thumbnails;
	photoSaver: PhotoSaver;
	exports: Exports;
	accessLinks: AccessLinks;
	toasts: Toasts;
	save(blob: Blob, filename: string): void;
	dispose(): void;
}

export interface SessionOptions {
	config: Config;
	/** The page's own origin. */
	origin: string;
	/** Where a host signs in for us: gives a short-lived token, a fresh one when the last was refused. */
	getToken?: GetToken;
	/**
	 * The uid of the only organization that may be shown; any, unless told. What was kept of it is shown before the backend
	 * has answered.
	 */
	organization?: string;
}

/** What the person is told where the backend answers with another organization than the one that is expected. */
export const WRONG_ORGANIZATION =
	'The page around this one expects another organization than the one that is signed in. Nothing of it is shown.';

/** How long the members wait for what is kept here, in ms: without it, cards would stand among the finished for a moment. */
const STORAGE_MS = 1_000;

/** Builds the object graph, and looks for what was kept here; the members are loaded by whoever shows them. */
export function createSession({ config, origin, getToken, organization }: SessionOptions): Session {
	const { apiBase, limits } = config;
	const settings = { apiBase, origin, limits };
	const save = (blob: Blob, filename: string) => saveAs(blob, filename);
	const backend = new Backend({
		apiBase,
		getToken,
		limits,
		onpause: (until) => roster.setPaused(until),
		ondown(down) {
			roster.setDown(down);
			if (down) void snapshots.findLast().then(showKept).then(compareLater);
			else if (roster.state.kind === 'ready') void roster.load();
		},
	});
	const store = new Store();
	// What is kept in another site's frame nobody finds again: better none than one that is lost.
	const readOnly = isForeignFrame() ? new StorageError('foreign').message : null;
	const copy =
		readOnly === null && hasBuckets()
			? new Store({ factory: () => openBucket(COPY), name: COPY, steps: copySteps })
			: null;
	const markers = new Markers({ store, copy, readOnly, makeRoom });
	const snapshots = new Snapshots({ store, source: sourceOf(config) });
	const thumbnails = new Thumbnails({
		store,
		isOn: () => snapshots.look(),
		isOffline: () => roster.offline,
		isBusy: () => downloads.running,
	});
	const over = new AbortController();
	const locked = 'locks' in navigator ? [new LockedSentLog(navigator.locks)] : [];
	const accessLinks = new AccessLinks({ backend, logs: [...locked, storedSentLog(store)] });
	const toasts = new Toasts();

	/** Never rejects. */
	async function makeRoom(): Promise<boolean> {
		const made = await import('./make-room').then(
			(room) => room.makeRoom(store, (message) => toasts.show(message)),
			(error: unknown) => {
				console.warn('No room could be made.', error);
				return false;
			},
		);
		void unfinished.refresh();
		return made;
	}

	/** Not before everybody is there: making a place for the second copy would hold the first members up. */
	const compareLater = () => whenIdle(() => void markers.compare(), over.signal);

	/** Whose things are in sight, or were last, and when they have been read. */
	let opened: { uid: string; ready: Promise<unknown> } | null = null;

	/** Reads what this browser keeps of theirs, anew where it was read before. Never rejects. */
	function open(uid: string): Promise<unknown> {
		accessLinks.setOrganization(uid);
		thumbnails.open(uid);
		void unfinished.open(uid);
		const late = new Promise((resolve) => setTimeout(resolve, STORAGE_MS));
		const ready = Promise.race([Promise.all([markers.open(uid), deliveries.open(uid)]), late]);
		opened = { uid, ready };
		return ready;
	}

	/**
	 * Shows what was kept. Only the backend knows who is signed in: so this waits for its first answer, or for the
	 * certainty that there is no network, and a moment's look at the members of somebody else is never given.
	 */
	async function showKept(uid: string | null): Promise<void> {
		if (uid === null || roster.loaded || (organization ?? uid) !== uid) return;
		const isStill = () => snapshots.last === uid && !roster.loaded && !over.signal.aborted;
		const kept = await snapshots.find(uid);
		if (!kept || !isStill()) return;
		await (opened?.uid === uid ? opened.ready : open(uid));
		if (isStill()) roster.showKept(kept.data, kept.savedAt);
	}

	function named(uid: string): void {
		void snapshots.named(uid);
		if (opened !== null && opened.uid !== uid) forgetAll();
		// Of an organization that is not expected nothing is shown, so nothing is looked for either.
		if ((organization ?? uid) !== uid) return;
		// While the members are still on their way.
		void open(uid);
		void showKept(uid);
	}

	/** Nothing goes on, or stays in sight, of those whose members may not be seen any more. */
	function forgetAll(): void {
		roster.drop();
		downloads.forgetAll();
		photoSaver.cancel();
		exports.dispose();
		accessLinks.dispose();
		unfinished.close();
		toasts.dispose();
		opened = null;
	}

	const roster: Roster = new Roster(
		{
			async load(signal, onpart) {
				const isExpected = (data: RosterData) =>
					organization === undefined || data.organization.uid === organization;
				const tell = (part: RosterData) => void opened?.ready.then(() => onpart(part));
				try {
					const data = await loadRoster(backend, signal, (part) => isExpected(part) && tell(part), named);
					if (!isExpected(data)) throw new BackendError('forbidden', WRONG_ORGANIZATION);
					await opened?.ready;
					whenIdle(() => void snapshots.keep(data), over.signal);
					compareLater();
					return data;
				} catch (error) {
					if (isBackendError(error, 'unauthorized') || isBackendError(error, 'forbidden')) {
						void snapshots.refused();
						if (roster.kept) roster.drop();
					}
					throw error;
				}
			},
		},
		problemOf,
	);
	void snapshots.prepare();
	if (organization !== undefined) void snapshots.findLast().then(showKept);
	// The browser's word that the network has gone is checked by asking for something.
	addEventListener('offline', () => roster.loaded && void roster.load(), { signal: over.signal });
	const deliveries = new Deliveries(store);
	const unfinished = new Unfinished(store);
	const downloads = new Downloads({
		settings,
		getToken,
		save,
		choosePlace: placeChooser(globalThis),
		organization: () => roster.data.organization.uid || null,
		onended: () => void unfinished.refresh(),
		ondelivered: (delivered, filename) => void deliveries.add(delivered, filename),
	});
	over.signal.addEventListener('abort', protectDownload(downloads));
	const photoSaver = new PhotoSaver({ settings, getToken, save });
	const exports = new Exports({ save });
	return {
		config,
		backend,
		roster,
		store,
		markers,
		downloads,
		deliveries,
		unfinished,
		snapshots,
		thumbnails,
		photoSaver,
		exports,
		accessLinks,
		toasts,
		save,
		dispose() {
			over.abort();
			thumbnails.dispose();
			snapshots.dispose();
			roster.dispose();
			downloads.dispose();
			photoSaver.dispose();
			exports.dispose();
			accessLinks.dispose();
			markers.dispose();
			store.dispose();
			toasts.dispose();
			backend.dispose();
		},
	};
}

/** Copying ten thousand members takes a moment: not while somebody waits for the page. */
function whenIdle(work: () => void, signal: AbortSignal): void {
	const run = () => !signal.aborted && work();
	if ('requestIdleCallback' in globalThis) requestIdleCallback(run, { timeout: 5_000 });
	else setTimeout(run, 500);
}
