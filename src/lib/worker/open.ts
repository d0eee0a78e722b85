/** What may be given to `new Worker`; browsers without Trusted Types take the text itself. */
interface Policy {
	createScriptURL(url: string): string;
}

let policy: Policy | null = null;
let origin: string | null = null;
let forbidden = false;

/** The page's policy has refused a worker before: each further try would be one more violation to report. */
export function isForbidden(): boolean {
	return forbidden;
}

/** What the page's policy must allow for the worker that was tried last. */
export function neededPolicy(): string {
	const elsewhere = origin !== null && origin !== location.origin;
	return elsewhere ? `worker-src blob: ${origin}; script-src ${origin}` : "worker-src 'self'";
}

/**
 * Starts a module worker of this build, also when its script comes from another origin than the page: then by way of
 * a `blob:` that imports it, since a worker's own script must be of the page's origin. It needs `worker-src` with the
 * script's origin, and with `blob:` where that is another one.
 *
 * @param address of the worker's script, as the bundler gives it
 */
export function openWorker(address: string): Worker {
	const url = new URL(address, location.href);
	origin = url.origin;
	tried.add(url.href);
	heed();
	if (url.origin === location.origin) return start(url.href);
	const text = `import ${JSON.stringify(url.href)};`;
	const blob = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
	const worker = start(blob);
	// Its first word, or its failure, shows that the blob has been read.
	const over = new AbortController();
	const forget = () => {
		over.abort();
		URL.revokeObjectURL(blob);
	};
	worker.addEventListener('message', forget, { signal: over.signal });
	worker.addEventListener('error', forget, { signal: over.signal });
	return worker;
}

let heeding = false;
/** The addresses of our workers. */
const tried = new Set<string>();

/** Whether it was the policy that refused a worker, only this event tells. */
function heed(): void {
	if (heeding) return;
	heeding = true;
	document.addEventListener('securitypolicyviolation', ({ disposition, effectiveDirective, blockedURI }) => {
		// A policy that only reports lets the worker run, and a host may try workers of its own.
		const isOurs = tried.has(blockedURI) || blockedURI.startsWith('blob');
		if (disposition === 'enforce' && effectiveDirective === 'worker-src' && isOurs) forbidden = true;
	});
}

function start(url: string): Worker {
	return new Worker(trusted(url), { type: 'module' });
}

/** As Trusted Types want it. The only addresses that may get here are those of this build's workers. */
export function trusted(url: string): string {
	const { trustedTypes } = globalThis as {
		trustedTypes?: { createPolicy(name: string, rules: Policy): Policy };
	};
	policy ??=
		trustedTypes?.createPolicy('headshot-admin', { createScriptURL: (text) => text }) ??
		({ createScriptURL: (text) => text } satisfies Policy);
	return policy.createScriptURL(url);
}
