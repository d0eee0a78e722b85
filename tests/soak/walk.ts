import { mkdir } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { random } from '../backend/random.ts';
import { projectDir } from '../e2e/support/build.ts';
import type { Action } from './actions/action.ts';
import { actions } from './actions/all.ts';
import { comeBack } from './actions/network.ts';
import { checkEach } from './checks/each.ts';
import { checkAtRest } from './checks/rest.ts';
import type { World } from './world.ts';

export interface WalkOptions {
	seed: number;
	/** So many are done at most; draws for which there is nothing to do don't count. */
	actions: number;
	/** In ms. */
	limitMs: number;
	/** Tells each action as it is done. */
	verbose: boolean;
}

/** So often all that should be at rest is looked at. */
const restEvery = 10;

/** A walk at random. Draw n of a seed is always the same, whatever came of those before it. */
export class Walk {
	readonly #options: WalkOptions;
	readonly #world: World;
	readonly #last: string[] = [];
	done = 0;
	#draws = 0;
	/** ms by action, and how often. */
	readonly #costs = new Map<string, { count: number; ms: number }>();

	constructor(world: World, options: WalkOptions) {
		this.#world = world;
		this.#options = options;
	}

	/** @throws the first violation */
	async run(): Promise<void> {
		const { actions: most, limitMs } = this.#options;
		const end = performance.now() + limitMs;
		while (this.done < most && performance.now() < end) await this.#step();
		if (!this.#world.online) await comeBack(this.#world);
		await checkEach(this.#world);
		await checkAtRest(this.#world);
	}

	/** Where it was when it failed, and what the pages look like. */
	async report(): Promise<string> {
		const folder = `${projectDir}test-results`;
		await mkdir(folder, { recursive: true });
		const pictures: string[] = [];
		for (const [name, { page }] of [
			['first', this.#world.first] as const,
			['second', this.#world.second] as const,
		]) {
			const path = `${folder}/soak-${this.#options.seed}-${name}.png`;
			const taken = await page.screenshot({ path, timeout: 5_000 }).catch(() => null);
			if (taken) pictures.push(path);
		}
		return [
			`Seed ${this.#options.seed}, draw ${this.#draws}, action ${this.done + 1}. Again: SEED=${this.#options.seed} npm run test:soak`,
			'The last actions:',
			...this.#last.map((line) => `  ${line}`),
			`Pictures: ${pictures.join(', ') || 'none could be taken'}`,
		].join('\n');
	}

	/** What took how long. */
	costTable(): string {
		const lines = [...this.#costs].sort(([, a], [, b]) => b.ms - a.ms);
		return lines
			.map(([name, { count, ms }]) => `${name}: ${count} × ${Math.round(ms / count)} ms`)
			.join('\n');
	}

	async #step(): Promise<void> {
		const draw = ++this.#draws;
		const luck = random(`${this.#options.seed} ${draw}`);
		const action = drawAction(luck.next());
		if (action.online && !this.#world.online) return;
		const begin = performance.now();
		this.#tell(`${draw} ${action.name} …`);
		const what = await action.run(this.#world, luck);
		this.#last.pop();
		if (what === null) return;
		this.#tell(`${draw} ${action.name}: ${what}`);
		await checkEach(this.#world);
		if (this.done % restEvery === 0) await checkAtRest(this.#world);
		this.done++;
		const cost = this.#costs.get(action.name) ?? { count: 0, ms: 0 };
		this.#costs.set(action.name, { count: cost.count + 1, ms: cost.ms + performance.now() - begin });
		if (this.#options.verbose)
			console.log(`${Math.round(performance.now() - begin)} ms  ${this.#last.at(-1)}`);
	}

	#tell(line: string): void {
		this.#last.push(line);
		if (this.#last.length > 20) this.#last.shift();
	}
}

/** @param luck 0 to 1 */
function drawAction(luck: number): Action {
	let left = luck * actions.reduce((sum, { weight }) => sum + weight, 0);
	return actions.find(({ weight }) => (left -= weight) < 0) ?? actions[0]!;
}
