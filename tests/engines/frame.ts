import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startStandIn } from '../backend/stand-in.ts';
import { hostPolicy } from '../host/policy.ts';
import { serveHost } from '../host/serve-host.ts';
import { AdminTab } from './admin-tab.ts';
import { clearSaved, savedArchive } from './saved.ts';
import { leave, type Stage } from './steps.ts';

/**
 * The dashboard in a frame of another site's page: its storage is apart, so nobody can be marked there, and the page says
 * why; the download works.
 */
export async function staysReadOnlyInFrames({ browser, picture }: Stage): Promise<undefined> {
	const standIn = await startStandIn({
		plain: true,
		members: 3,
		headshotBytes: 60_000,
		auth: { kind: 'bearer', tokens: ['good'] },
	});
	const around = createServer((_, response) => {
		response.setHeader('content-type', 'text/html').end(
			`<title>Another site</title><body style="margin: 0">
				<iframe style="border: 0" width="1200" height="1000" src="${host.origin}/headshots"></iframe>`,
		);
	});
	await new Promise<void>((resolve) => around.listen(0, '127.0.0.1', resolve));
	const outer = `http://127.0.0.1:${(around.address() as AddressInfo).port}`;
	const host = await serveHost({
		standIn,
		config: { tokenUrl: '/token', hostile: false },
		policy: hostPolicy({ script: null, api: null, photos: standIn.photoOrigin, framedBy: outer }),
		extra(request, response) {
			if (request.url !== '/token') return false;
			response.end('good');
			return true;
		},
	});
	try {
		const admin = new AdminTab(await browser.newTab(), outer);
		await admin.tab.resize(1280, 1100);
		await admin.tab.open(outer);
		await admin.tab.enterFrame();
		await admin.expectText(/Markers can’t be changed right now/);
		await admin.expectText(/shown inside of another site/);
		await picture('frame', await admin.tab.picture());
		await admin.expectCards(3);
		await admin.press('Actions for.*');
		const mark = { role: 'menuitem', name: 'Mark as actioned.*' } as const;
		if (!(await admin.isDisabled(mark))) throw new Error('Somebody can be marked there.');
		await admin.press('Copy e-mail.*', { role: 'menuitem' });
		await clearSaved(browser);
		await admin.press('Download Favorites');
		await admin.expectText(/3 of 3 members saved/);
		await savedArchive(browser);
		await leave(admin, false);
	} finally {
		await host.close();
		around.closeAllConnections();
		around.close();
		await standIn.close();
	}
}
