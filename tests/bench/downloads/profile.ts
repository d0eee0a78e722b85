import type { Tab } from './chromium.ts';

/** A function, and its own share of the worker's time (without what it calls). */
export interface HotSpot {
	name: string;
	/** 0 to 1; of the program's name `(idle)`: the share in which the worker had nothing to do. */
	share: number;
	ms: number;
}

interface Profile {
	nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
	samples: number[];
	/** µs */
	timeDeltas: number[];
}

/** Profiles the one worker of a tab. @returns ends it, and says where the time went, most first */
export async function recordProfile({ cdp, sessionId }: Tab): Promise<() => Promise<HotSpot[]>> {
	const attached = new Promise<string>((resolve) => {
		const stop = cdp.on('Target.attachedToTarget', (params) => {
			if ((params.targetInfo as { type: string }).type !== 'worker') return;
			stop();
			resolve(params.sessionId as string);
		});
	});
	await cdp.send(
		'Target.setAutoAttach',
		{ autoAttach: true, waitForDebuggerOnStart: false, flatten: true },
		sessionId,
	);
	const worker = await attached;
	await cdp.send('Profiler.enable', {}, worker);
	await cdp.send('Profiler.setSamplingInterval', { interval: 500 }, worker);
	await cdp.send('Profiler.start', {}, worker);
	return async () => {
		const { profile } = await cdp.send<{ profile: Profile }>('Profiler.stop', {}, worker);
		return hotSpots(profile);
	};
}

function hotSpots({ nodes, samples, timeDeltas }: Profile): HotSpot[] {
	const names = new Map(
		nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => {
			const where = url ? ` ${url.slice(url.lastIndexOf('/') + 1)}:${lineNumber + 1}` : '';
			return [id, `${functionName || '(anonymous)'}${where}`];
		}),
	);
	const times = new Map<string, number>();
	let all = 0;
	for (const [index, id] of samples.entries()) {
		const name = names.get(id) ?? '?';
		const ms = (timeDeltas[index] ?? 0) / 1000;
		times.set(name, (times.get(name) ?? 0) + ms);
		all += ms;
	}
	return [...times]
		.map(([name, ms]) => ({ name, ms, share: ms / all }))
		.sort((a, b) => b.ms - a.ms)
		.slice(0, 15);
}
