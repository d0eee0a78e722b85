import { Backend } from '$lib/backend/client';
import { asking, type AskForToken } from '$lib/backend/token-port';
import { Gate } from '$lib/net/gate';
import { convertInTime } from '$lib/photos/convert-in-time';
import { Store } from '$lib/storage/store';
import type { DownloadApi, JobOutcome, JobRequest, JobSettings } from '$lib/download/contract';
import { archiving } from './archiving';
import { runJob } from './job';
import { makeBytes } from './make-bytes';
import { Pauser } from './pauser';
import { ProgressReporter } from './reporter';
import { SignInBarrier } from './sign-in';

/** Gives a job the real network, canvas and archive. In the worker, or on the main thread where no worker may run. */
export function createDownloadApi(): DownloadApi {
	const stop = new AbortController();
	let signIn: SignInBarrier | null = null;
	let pauser: Pauser | null = null;

	return {
		async run(request, settings, emit, getToken, place) {
			const reporter = new ProgressReporter(emit);
			signIn = new SignInBarrier((waiting) => reporter.wait('sign-in', waiting ? { for: 'sign-in' } : null));
			pauser = new Pauser((held) => reporter.wait('you', held ? { for: 'you' } : null));
			return runWith(request, settings, { reporter, signIn, pauser }, getToken, place, stop.signal);
		},
		cancel: () => stop.abort(new DOMException('The download was cancelled.', 'AbortError')),
		pause: () => pauser?.pause(),
		resume: () => pauser?.resume(),
		signedIn: () => signIn?.open(),
		ping: () => true,
	};
}

async function runWith(
	request: JobRequest,
	settings: JobSettings,
	admin: { reporter: ProgressReporter; signIn: SignInBarrier; pauser: Pauser },
	getToken: AskForToken | null,
	place: FileSystemFileHandle | null,
	signal: AbortSignal,
): Promise<JobOutcome> {
	const { apiBase, origin, limits } = settings;
	const { reporter } = admin;
	const onwait = (who: string) => (until: number | null) =>
		reporter.wait(who, until === null ? null : { for: 'server', until });
	const backend = new Backend({
		apiBase,
		getToken: getToken ? asking(getToken) : undefined,
		limits,
		onpause: onwait('backend'),
		ondown: (down) => reporter.wait('network', down ? { for: 'network' } : null),
	});
	const store = new Store();
	try {
		return await runJob(
			request,
			{
				backend,
				photos: { gate: new Gate(onwait('photo host')), connection: backend.connection, limits, origin },
				concurrency: limits.concurrency,
				makeFile: ({ bytes, format }, make, inner) =>
					convertInTime(() => makeBytes(bytes, format, make), inner),
				now: Date.now,
				...(await archiving(request, limits, store, place, (warning) => reporter.warn(warning))),
				...admin,
			},
			signal,
		);
	} finally {
		backend.dispose();
		store.dispose();
	}
}
