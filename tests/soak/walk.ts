import { mkdir } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { random } from '../backend/random.ts';
import { projectDir } from '../e2e/support/build.ts';
import type { Action } from './actions/action.ts';
import { actions } from './actions/all.ts';
import { comeBack } from './actions/network.ts';
import { checkEach, expectNoComplaint } from './checks/each.ts';
import { checkAtRest } from './checks/rest.ts';
import { Costs } from './costs.ts';
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
	readonly costs = new Costs();
	readonly #kinds = new Set<string>();

	constructor(world: World, options: WalkOptions) {
		this.#world = world;
		this.#options = options;
	}

	/** How many different things were done. */
	get kinds(): number {
		return this.#kinds.size;
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
			`Seed ${this.#options.seed}, draw ${this.#draws}, action ${this.done + 1}. Again: WALKS=1 SEED=${this.#options.seed} npm run test:soak`,
			'The last actions:',
			...this.#last.map((line) => `  ${line}`),
			`Pictures: ${pictures.join(', ') || 'none could be taken'}`,
		].join('\n');
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
		if (what === null) {
			this.costs.add('nothing to do', performance.now() - begin);
			return;
		}
		this.#tell(`${draw} ${action.name}: ${what}`);
		this.costs.add(action.name, performance.now() - begin);
		if (action.behind) expectNoComplaint(this.#world);
		else await this.#timed('check after each', () => checkEach(this.#world));
		if (this.done % restEvery === 0) await this.#timed('check at rest', () => checkAtRest(this.#world));
		this.done++;
		this.#kinds.add(action.name);
		if (this.#options.verbose)
			console.log(`${this.#options.seed}  ${Math.round(performance.now() - begin)} ms  ${this.#last.at(-1)}`);
	}

	async #timed(kind: string, check: () => Promise<void>): Promise<void> {
		const begin = performance.now();
		await check();
		this.costs.add(kind, performance.now() - begin);
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
