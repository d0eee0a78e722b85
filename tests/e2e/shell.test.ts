import { Deployment, endDeployments, untilKept } from './support/deployment.ts';
import { test } from './support/fixtures.ts';

test.afterEach(endDeployments);
test.beforeEach(() => test.setTimeout(120_000));

/** Opens the page and waits until it could do without the network. */
async function visit() {
	const place = await Deployment.start({ members: 4, plain: true });
	const admin = await place.browse();
	await admin.open();
	await admin.expectCards(4);
	await untilKept(admin.page);
	return { place, admin, page: admin.page };
}

test('given a host whose page hangs, or whose gateway reaches nobody, then the page opens from what is kept', async () => {
	const { place, admin, page } = await visit();
	await place.serveOnlyApi(() => {});
	await page.reload({ timeout: 15_000 });
	await admin.expectCards(4);
	await place.serveOnlyApi((response) => response.writeHead(502).end('Bad gateway'));
	await page.reload();
	await admin.expectCards(4);
});
