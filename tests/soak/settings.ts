/**
 * `SEED=123 npm run test:soak` makes the same draws again; `ACTIONS=500` ends after so many actions, `MINUTES=2` after so
 * long. Ten minutes unless told.
 */
function read(env: NodeJS.ProcessEnv) {
	const actions = env.ACTIONS ? Number(env.ACTIONS) : Infinity;
	const minutes = env.MINUTES ? Number(env.MINUTES) : env.ACTIONS ? 60 : 10;
	const seed = env.SEED ? Number(env.SEED) : Math.floor(Math.random() * 1e9);
	for (const [name, value] of Object.entries({ actions, minutes, seed }))
		if (!(value >= 0)) throw new Error(`${name.toUpperCase()} must be a number.`);
	return { seed, actions, limitMs: minutes * 60_000, verbose: env.VERBOSE === '1' };
}

export const settings = read(process.env);
