import type { IncomingMessage } from 'node:http';

/** An answer, or a request's body, that isn't passed on; with the status, code and sentence to say so instead. */
export class UpstreamUnusable extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
	) {
		super(message);
	}
}

const largestAnswer = 32 * 1024 * 1024;
const largestRequest = 16 * 1024;

/**
 * Reads an API answer, at most 32 MiB. Resolves to its parsed JSON, or to undefined where it has no body.
 * Throws UpstreamUnusable for a redirect, for a key that is refused, and for anything that isn't JSON: a proxy's error
 * page, say, which must not become a page of this origin. `advice` has the words for a redirect, given its Location.
 */
export async function readUpstream(answer: Response, advice: (location: string) => string): Promise<unknown> {
	if (answer.status === 401) {
		await answer.body?.cancel();
		// To the page a 401 means "signed out", and signing in can't mend a key.
		throw new UpstreamUnusable(403, 'FORBIDDEN', 'HeadshotPro refuses the API key of this gateway.');
	}
	if (answer.status >= 300 && answer.status < 400) {
		await answer.body?.cancel();
		// To the page a 502 is a network that is away, and it would wait for ever.
		throw new UpstreamUnusable(400, 'UPSTREAM_REDIRECTED', advice(answer.headers.get('location') ?? ''));
	}
	const text = await readText(answer.body ?? [], largestAnswer, () => invalid(502));
	if (text === '' && answer.ok) return undefined;
	try {
		return JSON.parse(text);
	} catch {
		throw invalid(answer.ok ? 502 : answer.status);
	}
}

/** Reads a request's body, at most 16 KiB of JSON; '' where there is none. Throws UpstreamUnusable for anything else. */
export async function readBody(request: IncomingMessage): Promise<string> {
	const refuse = () =>
		new UpstreamUnusable(400, 'INVALID_REQUEST', 'The request’s body is no JSON, or too large.');
	const text = await readText(request, largestRequest, refuse);
	try {
		if (text !== '') JSON.parse(text);
		return text;
	} catch {
		throw refuse();
	}
}

async function readText(
	chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
	/** In bytes. */
	limit: number,
	tooLarge: () => Error,
): Promise<string> {
	const parts: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of chunks) {
		size += chunk.byteLength;
		if (size > limit) throw tooLarge();
		parts.push(chunk);
	}
	return new TextDecoder().decode(Buffer.concat(parts));
}

function invalid(status: number): UpstreamUnusable {
	// To the page another code means that something else was refused, and that waiting is of no use.
	if (status === 429)
		return new UpstreamUnusable(429, 'RATE_LIMIT_EXCEEDED', 'HeadshotPro’s server asks to wait.');
	return new UpstreamUnusable(
		status,
		'UPSTREAM_INVALID',
		'HeadshotPro’s server answered with something unreadable.',
	);
}
