import { Backend } from '$lib/backend/client';
import { StallError } from '$lib/net/errors';
import { Gate } from '$lib/net/gate';
import { shared } from '$lib/net/wait';
import { watched } from '$lib/net/watchdog';
import { ConvertError } from '$lib/photos/convert';
import { PhotoError } from '$lib/photos/errors';
import type { Photo } from '$lib/photos/fetch-photo';
import { Store } from '$lib/storage/store';
import type { DownloadApi, JobOutcome, JobRequest, JobSettings } from '$lib/download/contract';
import { archiving } from './archiving';
import { runJob } from './job';
import { makeBytes, type Made } from './make-bytes';
import { Pauser } from './pauser';
import type { PlannedFile } from './plan';
import { ProgressReporter } from './reporter';
import { SignInBarrier } from './sign-in';

/** Converting a photo takes a fraction of a second; after so long, in ms, it never ends. */
const CONVERT_MS = 60_000;

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
	getToken: ((fresh: boolean) => Promise<string>) | null,
	place: FileSystemFileHandle | null,
	signal: AbortSignal,
): Promise<JobOutcome> {
	const { apiBase, origin, limits } = settings;
	const { reporter } = admin;
	const onwait = (who: string) => (until: number | null) =>
		reporter.wait(who, until === null ? null : { for: 'server', until });
	const backend = new Backend({
		apiBase,
		getToken: getToken ?? undefined,
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
				makeFile,
				now: Date.now,
				...(await archiving(request, limits, store, place)),
				...admin,
			},
			signal,
		);
	} finally {
		backend.dispose();
		store.dispose();
	}
}

/** @throws PhotoError when the browser can't make this one; the signal's reason */
async function makeFile(
	{ bytes, format }: Photo,
	make: PlannedFile['make'],
	signal: AbortSignal,
): Promise<Made> {
	try {
		// A picture that the browser never finishes must not hold up the others for ever.
		return await watched(CONVERT_MS, signal, (inner) => shared(makeBytes(bytes, format, make), inner));
	} catch (error) {
		if (error instanceof ConvertError) throw new PhotoError(error.message, { cause: error });
		if (error instanceof StallError) throw new PhotoError('The browser took too long to convert it.');
		throw error;
	}
}
