import type { Page } from '@playwright/test';
import { AdminPage } from './support/admin-page.ts';
import { favorites } from './support/company.ts';
import { Deployment, endDeployments } from './support/deployment.ts';
import { expect, test } from './support/fixtures.ts';

test.afterEach(endDeployments);

const MB = 1_000_000;
/** What the origin may take at first. */
const ROOM = 30 * MB;
/** An archive's size. */
const ARCHIVE = 5 * MB;

interface Left {
	/** The archive's, and its file's. */
	id: string;
	/** When it was handed over; `null` when it can be continued. */
	finishedAt: number | null;
}

/** The page on a disk that has no room left but what these archives take. */
async function onFullDisk(page: Page, left: Left[]) {
	const place = await Deployment.start({ members: 3, plain: true });
	const { origin } = new URL(place.url);
	const session = await page.context().newCDPSession(page);
	const giveRoom = (quotaSize: number) =>
		session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
	await giveRoom(ROOM);
	const admin = new AdminPage(page, place.url);
	await admin.open();
	await admin.expectCards(3);
	for (const one of left) await leave(page, one, place.standIn.company.organization.uid);
	const { usage } = await session.send('Storage.getUsageAndQuota', { origin });
	await giveRoom(usage - MB);
	// The browser looks again only when more is asked for than there was when it looked last.
	expect(await write(page, ROOM)).toBe('QuotaExceededError');
	return { admin, standIn: place.standIn };
}

/** Lays down an archive as an earlier visit has left it. */
async function leave(page: Page, { id, finishedAt }: Left, organization: string): Promise<void> {
	await page.evaluate(
		async ({ record, size }) => {
			// Until its record is there, the page would take the file away as nobody's.
			await navigator.locks.request(`headshot-admin:spool:${record.id}`, async () => {
				const root = await navigator.storage.getDirectory();
				const folder = await root.getDirectoryHandle('headshot-admin', { create: true });
				const writing = await (await folder.getFileHandle(record.id, { create: true })).createWritable();
				await writing.write(new Uint8Array(size));
				await writing.close();
				const db = await new Promise<IDBDatabase>((resolve, reject) => {
					const opening = indexedDB.open('headshot-admin');
					opening.onsuccess = () => resolve(opening.result);
					opening.onerror = () => reject(opening.error);
				});
				const writes = db.transaction('jobs', 'readwrite');
				writes.objectStore('jobs').put(record);
				await new Promise((resolve) => (writes.oncomplete = resolve));
				db.close();
			});
		},
		{
			record: {
				id,
				organization,
				request: { id },
				startedAt: Date.now(),
				finishedAt,
				membersDone: 1,
				membersTotal: 2,
			},
			size: ARCHIVE,
		},
	);
}

/** What becomes of a write of so many bytes. */
function write(page: Page, bytes: number): Promise<string> {
	return page.evaluate(
		(bytes) =>
			new Promise((resolve, reject) => {
				const opening = indexedDB.open('headshot-admin');
				opening.onerror = () => reject(opening.error);
				opening.onsuccess = () => {
					const db = opening.result;
					const writes = db.transaction('last-organizations', 'readwrite');
					writes
						.objectStore('last-organizations')
						.put({ apiBase: 'none', organization: new Uint8Array(bytes) });
					writes.oncomplete = () => resolve('written');
					writes.onabort = () => {
						db.close();
						resolve(writes.error?.name ?? 'aborted');
					};
				};
			}),
		bytes,
	);
}

function archives(page: Page): Promise<string[]> {
	return page.evaluate(async () => {
		const root = await navigator.storage.getDirectory();
		const names: string[] = [];
		for await (const name of (await root.getDirectoryHandle('headshot-admin')).keys()) names.push(name);
		return names.sort();
	});
}

test('given a full disk, when somebody is marked, then an archive that was handed over makes room, and nothing else', async ({
	page,
}) => {
	const { admin, standIn } = await onFullDisk(page, [
		{ id: 'handed over', finishedAt: Date.now() },
		{ id: 'interrupted', finishedAt: null },
	]);
	await admin.act(favorites(standIn)[0]!.email!, 'Mark as actioned');
	await expect(page.getByText(/^(?!Not ).* marked as actioned$/)).toBeVisible();
	expect(await archives(page)).toEqual(['interrupted']);
	await admin.search('');
	await admin.expectCards(2);
	await page.reload();
	await admin.expectCards(2);
});

test('given a full disk with an interrupted download only, when somebody is marked, then that makes room, and it is said', async ({
	page,
}) => {
	const { admin, standIn } = await onFullDisk(page, [{ id: 'interrupted', finishedAt: null }]);
	await admin.act(favorites(standIn)[0]!.email!, 'Mark as actioned');
	await expect(page.getByText(/^(?!Not ).* marked as actioned$/)).toBeVisible();
	expect(await archives(page)).toEqual([]);
	await expect(page.getByText(/interrupted download.*made room/)).toBeVisible();
});

test('given a full disk with a file that is in use, when somebody is marked, then it stays, and the reason is told', async ({
	page,
}) => {
	const { admin, standIn } = await onFullDisk(page, [{ id: 'in use', finishedAt: Date.now() }]);
	await page.evaluate(
		() =>
			new Promise<void>((held) => {
				void navigator.locks.request('headshot-admin:spool:in use', () => {
					held();
					return new Promise(() => {});
				});
			}),
	);
	await admin.act(favorites(standIn)[0]!.email!, 'Mark as actioned');
	await expect(page.getByText(/^Not marked as actioned: .* is full/)).toBeVisible();
	expect(await archives(page)).toEqual(['in use']);
});
