import { test } from '@playwright/test';
import { endDeployments } from '../e2e/support/deployment.ts';
import { settings } from './settings.ts';
import { Walk } from './walk.ts';
import { World } from './world.ts';

test.afterEach(endDeployments);

for (const { seed, actions } of settings.walks) {
	test(`given a backend, a network and a browser that fail at random, then all that the page says stays true (seed ${seed})`, async () => {
		const world = await World.start(seed);
		const walk = new Walk(world, { ...settings, seed, actions });
		let violations = 0;
		try {
			await walk.run();
		} catch (error) {
			violations = 1;
			console.log(await walk.report());
			throw error;
		} finally {
			const { tally, organizations } = world;
			const made = (of: 'faults' | 'marks') => organizations.reduce((sum, one) => sum + one[of].made, 0);
			console.log(
				`\n${walk.costs}\n${walk.done} actions of ${walk.kinds} kinds, ${made('faults')} faults, ${tally.kills} kills, ` +
					`${tally.downloads} downloads (${tally.continued} continued), ${tally.archives} archives checked, ` +
					`${made('marks')} marks, ${violations} violations (seed ${seed})`,
			);
			await world.end();
		}
	});
}
