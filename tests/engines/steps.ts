import { stat } from 'node:fs/promises';
import { expectContents } from '../e2e/support/contents.ts';
import { Deployment } from '../e2e/support/deployment.ts';
import { journaled } from '../e2e/support/journal.ts';
import { countPhotos } from '../e2e/support/requests.ts';
import { unpackers } from '../unpackers/unpackers.ts';
import { AdminTab, until } from './admin-tab.ts';
import type { Browser } from './drivers/driver.ts';
import type { Expected } from './engines.ts';
import { isKept, privateFiles, widthsOf } from './in-page.ts';
import { clearSaved, savedArchive } from './saved.ts';

/** What a step is about. */
export interface Stage {
	browser: Browser;
	/** What this browser is known to have. */
	expected: Expected;
	/** The page with twelve members, for all steps that need nothing else. */
	place: Deployment;
	/** Keeps a picture of the page for people. */
	picture(name: string, picture: Buffer): Promise<void>;
}

export interface Step {
	name: string;
	/** Fails by throwing. @returns what is worth telling */
	run(stage: Stage): Promise<string | undefined>;
}

/** Members of the small company. */
const FEW = 12;

const signedIn = { auth: { kind: 'open' }, plain: true } as const;

export function startPlace(): Promise<Deployment> {
	return Deployment.start({ ...signedIn, members: FEW });
}

export async function opens({ browser, place, picture }: Stage): Promise<undefined> {
	const admin = await openAdmin(browser, place, FEW);
	for (const width of [1280, 320]) {
		await admin.tab.resize(width, 1100);
		await admin.expectCards(FEW);
		await until('the pictures', () => admin.tab.run(picturesAreHere));
		await picture(String(width), await admin.tab.picture());
		const { page, window } = await admin.tab.run(widthsOf);
		if (page > window) throw new Error(`At ${width} px the page is ${page} px wide.`);
	}
	await leave(admin);
}

export async function downloadsFavorites({ browser, place }: Stage): Promise<string> {
	const admin = await openAdmin(browser, place, FEW);
	await clearSaved(browser);
	await admin.press('Download Favorites');
	await admin.expectText(/12 of 12 members saved/);
	const archive = await savedArchive(browser);
	await expectContents(archive, place.standIn);
	await leave(admin);
	return `${archive.paths.length} files; read by ${['JSZip', ...unpackers.map(({ name }) => name)].join(', ')}`;
}

export async function marksAndUndoes({ browser, place }: Stage): Promise<undefined> {
	const admin = await openAdmin(browser, place, FEW);
	await admin.actOnFirst('Mark as actioned');
	await admin.expectCards(FEW - 1);
	await admin.expectText(/marked as actioned/);
	await admin.reload(FEW - 1);
	await undo(admin);
	await admin.reload(FEW);
	await leave(admin);
}

/** Two tabs are one: what is marked here is gone there, without a reload. */
export async function followsOtherTabs({ browser, place }: Stage): Promise<undefined> {
	const one = await openAdmin(browser, place, FEW);
	const other = await openAdmin(browser, place, FEW);
	await one.actOnFirst('Mark as actioned');
	await other.expectCards(FEW - 1);
	await undo(other);
	await one.expectCards(FEW);
	for (const admin of [one, other]) await leave(admin);
}

/** The network is cut and the browser ended: the page opens, shows everybody and takes marks. */
export async function opensOffline({ browser, place, expected, picture }: Stage): Promise<string> {
	const first = await openAdmin(browser, place, FEW);
	await until('the page to be kept', () => first.tab.run(isKept));
	await leave(first);
	await place.cut();
	try {
		if (expected.remembers) await browser.restart();
		const admin = await openAdmin(browser, place, FEW);
		await admin.expectText(/Offline, as of \d\d:\d\d/);
		await admin.actOnFirst('Mark as actioned');
		await admin.expectCards(FEW - 1);
		await picture('offline', await admin.tab.picture());
		await undo(admin);
		await leave(admin, false);
	} finally {
		await place.standIn.resume('photos');
		await place.serve();
	}
	return expected.remembers ? 'in a browser that was started anew' : 'in the same window';
}

/** Past what is packed in memory: into a file of the browser's, or said that there is none. */
export async function downloadsLarge({ browser, expected, picture }: Stage): Promise<string> {
	const members = 30;
	const place = await Deployment.start({
		...signedIn,
		members,
		headshotBytes: 1_500_000,
		bytesPerSecond: 3_000_000,
	});
	try {
		const admin = await openAdmin(browser, place, members);
		await clearSaved(browser);
		await admin.press('Download Favorites');
		await admin.expectText(/members saved|% *\n/);
		if (!expected.files) {
			await admin.expectText(/Keep this tab open until it is done/);
			await picture('in-memory', await admin.tab.picture());
		}
		await admin.expectText(/30 of 30 members saved/, 60_000);
		const archive = await savedArchive(browser);
		await expectContents(archive, place.standIn);
		const { size } = await stat(archive.file);
		const files = await admin.tab.run(privateFiles);
		if (size < 33_554_432) throw new Error(`The archive has only ${size} bytes.`);
		const wanted = expected.files ? [size] : [];
		if (String(files) !== String(wanted)) throw new Error(`Private files of ${files.join()} bytes.`);
		await leave(admin);
		return `${Math.round(size / 1e6)} MB, ${expected.files ? 'by way of a private file' : 'in memory, and the page says so'}`;
	} finally {
		await place.end();
	}
}

/** Reloaded in the middle: the next visit offers to go on, where there are files; else it begins anew. */
export async function resumes({ browser, expected }: Stage): Promise<string> {
	const members = 40;
	const limits = { memoryBytes: 200_000, flushBytes: 150_000 };
	const place = await Deployment.start(
		{ ...signedIn, members, headshotBytes: 60_000, bytesPerSecond: 150_000 },
		limits,
	);
	try {
		const admin = await openAdmin(browser, place, members);
		await admin.press('Download Favorites');
		await admin.expectText(/[12]\d of 40 members/);
		await clearSaved(browser);
		await admin.reload(members);
		const safe = expected.files ? await admin.tab.run(journaled) : [];
		const before = countPhotos(place.standIn);
		if (expected.files) {
			if (safe.length === 0) throw new Error('Nothing was kept.');
			await admin.press('Continue');
		} else {
			if (await admin.has({ role: 'button', name: 'Continue' })) throw new Error('It offers to go on.');
			await admin.press('Download Favorites');
		}
		await admin.expectText(/40 of 40 members saved/, 60_000);
		const archive = await savedArchive(browser);
		await expectContents(archive, place.standIn);
		const after = countPhotos(place.standIn);
		const twice = (keys: Iterable<string>) => [...keys].filter((key) => after.get(key) !== before.get(key));
		await leave(admin);
		if (!expected.files) return 'nothing is offered; begins anew';
		const again = twice(safe);
		if (again.length > 0) throw new Error(`Safe, and fetched again: ${again.join(', ')}`);
		return `goes on; ${safe.length} of 80 photos were safe, ${twice(before.keys()).length} fetched twice`;
	} finally {
		await place.end();
	}
}

export async function openAdmin(browser: Browser, place: Deployment, members: number): Promise<AdminTab> {
	const admin = new AdminTab(await browser.newTab(), place.url);
	await admin.tab.resize(1280, 1100);
	await admin.open(members);
	return admin;
}

/** @param isOnline without a network, the console tells of every request that failed */
export async function leave({ tab }: AdminTab, isOnline = true): Promise<void> {
	const { complaints } = tab;
	await tab.close();
	if (isOnline && complaints.length > 0) throw new Error(`The page complains: ${complaints.join('\n')}`);
}

async function undo(admin: AdminTab): Promise<void> {
	const shown = await admin.has({ role: 'button', name: 'Undo.*', region: 'Actioned' });
	if (!shown) await admin.press('Actioned.*', { region: 'Actioned' });
	await admin.press('Undo.*', { region: 'Actioned' });
	await admin.expectCards(FEW);
}

/** Runs in the page. */
function picturesAreHere(): boolean {
	const inSight = [...document.images].filter((one) => one.getBoundingClientRect().top < innerHeight);
	return inSight.length > 0 && inSight.every((one) => one.complete && one.naturalWidth > 0);
}
