/**
 * Two walks at once, each with a seed of its own; `WALKS=1` walks alone. `SEED=123` makes the same draws again: the first
 * walk's seed, the others follow it. `ACTIONS=500` ends after so many of all walks together, `MINUTES=2` after so long.
 * Ten minutes unless told.
 */
function read(env: NodeJS.ProcessEnv) {
	// Of the workers, each reads this anew.
	env.SEED ||= String(Math.floor(Math.random() * 1e9));
	const seed = Number(env.SEED);
	const walks = Number(env.WALKS || 2);
	const actions = env.ACTIONS ? Number(env.ACTIONS) : Infinity;
	const minutes = env.MINUTES ? Number(env.MINUTES) : env.ACTIONS ? 60 : 10;
	for (const [name, value] of Object.entries({ walks, actions, minutes, seed }))
		if (!(value >= 0)) throw new Error(`${name.toUpperCase()} must be a number.`);
	return {
		walks: Array.from({ length: walks }, (_, n) => ({ seed: seed + n, actions: Math.ceil(actions / walks) })),
		limitMs: minutes * 60_000,
		verbose: env.VERBOSE === '1',
	};
}

export const settings = read(process.env);
