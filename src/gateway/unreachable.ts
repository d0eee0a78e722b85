const words: [code: RegExp, words: string][] = [
	[/^(ENOTFOUND|EAI_)/, 'its name is not found'],
	[/CERT|SIGNATURE|SSL|TLS|^EPROTO$/, 'no secure connection comes about'],
	[/TIME(D|_)?OUT/, 'it does not answer in time'],
	[/^ECONNREFUSED$/, 'nothing answers there'],
	[/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, 'it broke off'],
];

/**
 * Why a `fetch` reached nobody, in words, with the code that one can search for. Of an error's own text nothing is
 * quoted: it may hold the request's headers.
 */
export function whyUnreachable(error: unknown): string {
	if (error instanceof DOMException && error.name === 'TimeoutError') return 'it does not answer in time';
	const code = codeOf((error as Partial<Error> | undefined)?.cause);
	if (code === null) return 'the connection failed';
	const why = words.find(([pattern]) => pattern.test(code))?.[1] ?? 'the connection failed';
	return `${why} (${code})`;
}

/** Node's own codes are in capitals. */
function codeOf(cause: unknown): string | null {
	const code = (cause as { code?: unknown } | undefined)?.code;
	return typeof code === 'string' && /^[A-Z][A-Z\d_]+$/.test(code) ? code : null;
}
