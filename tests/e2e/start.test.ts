import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mount } from '../backend/mount.ts';
import { startStandIn } from '../backend/stand-in.ts';
import { AdminPage } from './support/admin-page.ts';
import { expect, test } from './support/fixtures.ts';
import { copyProject, endStarts, startIn } from './support/started.ts';

test.afterEach(endStarts);

const key = 'hp_live_5ecr3t-key-that-nobody-else-may-see';

test('given npm start on made-up data, when it is started again with a key, then both run, and terminal and page say which is which', async ({
	page,
	complaints,
}) => {
	// Two builds.
	test.setTimeout(360_000);
	const folder = await copyProject();
	const madeUp = await startIn(folder, { PORT: '0', HEADSHOTS_MEMBERS: '6', HEADSHOTPRO_API_KEY: '' });
	expect(madeUp.printed()).toContain('Stand-in data (set HEADSHOTPRO_API_KEY to use your own team)\n');
	const { port } = new URL(madeUp.url);

	const standIn = await startStandIn({
		members: 3,
		plain: true,
		headshotBytes: 20_000,
		auth: { kind: 'key', key },
	});
	const api = await mount(standIn);
	const { host } = new URL(api.origin);
	const live = await startIn(folder, {
		PORT: port,
		HEADSHOTPRO_API_KEY: key,
		HEADSHOTPRO_API_URL: `${api.origin}/api/v2`,
	});
	expect(live.printed()).toContain(`Live data from ${host}\n`);
	expect(Number(new URL(live.url).port)).toBeGreaterThan(Number(port));

	// Its build was made with the key in the environment, and took the other's place.
	for (const file of await readdir(join(folder, 'build'), { recursive: true, withFileTypes: true })) {
		if (!file.isFile()) continue;
		expect((await readFile(join(file.parentPath, file.name))).includes(key), file.name).toBe(false);
	}

	const first = new AdminPage(page, madeUp.url);
	await first.open();
	await expect(page.getByText('Stand-in data')).toBeVisible();
	await first.cards.first().waitFor();

	const second = new AdminPage(page, live.url);
	await second.open();
	await expect(page.getByText(`Live data · ${host}`)).toBeVisible();
	await second.expectCards(3);
	expect(complaints).toEqual([]);

	expect(await madeUp.stop()).toBe(0);
	expect(await live.stop()).toBe(0);
	expect(live.printed()).not.toContain(key);
	await api.close();
	await standIn.close();
});
