import type { IncomingMessage } from 'node:http';
import type { Refusal } from './host-guard.ts';

/** What becomes of a request to the API: forwarded, answered with a photo, not known, or turned away. */
export type Verdict = 'forward' | 'photo' | 'unknown' | Refusal;

/** What the page reads, as HeadshotPro documents it (headshotpro.com/api) or this client assumes. */
const readable = [
	/^\/organization$/,
	/^\/organization\/(teams|team|invites|models|photos\/favorites)$/,
	/^\/organization\/models\/[^/]+\/(photos|photos\/favorite|profile-picture)$/,
];
const accessLink = /^\/organization\/team\/[^/]+\/access-link$/;

/**
 * Judges a request by its method, headers and path below `/api/v2` (normalized). The page reads what is under
 * `/organization`, and has one call that changes something: it e-mails a member a sign-in link. For that one, the
 * request must show that a script of this very page made it.
 */
export function permission(request: IncomingMessage, path: string): Verdict {
	const reads = request.method === 'GET' || request.method === 'HEAD';
	if (path === '/photo') return reads ? 'photo' : notAllowed();
	if (path !== '/organization' && !path.startsWith('/organization/')) return 'unknown';
	// The upstream may read an escaped slash as a slash, and then the path isn't the one that was judged.
	if (/%2f|%5c/i.test(path))
		return { status: 400, code: 'INVALID_REQUEST', error: 'The path holds an escaped slash.' };
	if (reads) return readable.some((pattern) => pattern.test(path)) ? 'forward' : 'unknown';
	if (request.method !== 'POST' || !accessLink.test(path)) return notAllowed();
	if (!comesFromOwnScript(request))
		return { status: 403, code: 'FORBIDDEN', error: 'Only this page may send access links.' };
	return 'forward';
}

function comesFromOwnScript({ headers }: IncomingMessage): boolean {
	// A form or an image of another site can set neither. Whose Origin it is, the host guard has checked.
	const isJson = /^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '');
	return headers.origin !== undefined && (headers['x-requested-with'] !== undefined || isJson);
}

function notAllowed(): Refusal {
	return {
		status: 405,
		code: 'METHOD_NOT_ALLOWED',
		error: 'This gateway only reads, and sends access links.',
	};
}
