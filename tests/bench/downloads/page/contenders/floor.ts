import type { StartContender } from './contender';

/** What nobody can beat: the bytes alone. */
export const start: StartContender = (sink) => ({
	add: (_, bytes) => sink.append(bytes),
	finish: async () => null,
});
