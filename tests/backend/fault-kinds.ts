/** The faults that a test can ask for. */

import type { PhotoFile } from './log.ts';

export interface Target {
	shootId?: string;
	/** Every shoot of this member. */
	email?: string;
	/** Any file when left out. */
	file?: PhotoFile;
	/** Hits the API instead: tried on the path without its query. */
	api?: RegExp;
	/** How many requests it hits; all of them when left out, one of each path for `expired`. */
	tries?: number;
	/** Counts `tries` for each path on its own. Always so for `expired`. */
	each?: boolean;
}

/** `before` stalls before the headers; otherwise after half of the body. */
type Stall = { kind: 'stall'; before?: boolean };
type Status = {
	kind: 'status';
	status: number;
	/** `Retry-After`: seconds, or a date that is sent in HTTP's form. */
	retryAfter?: number | Date;
	/** `X-RateLimit-Reset` */
	resetAt?: Date;
	/** Of the API's envelope. */
	code?: string;
};

/** What happens to an answer on its way out. */
export type WireFault =
	/** Content-Length promised, socket destroyed halfway. */
	| { kind: 'cut-length' }
	| { kind: 'cut-chunked' }
	/** No length, `Connection: close`, ended early and politely: the fetch resolves short. */
	| { kind: 'cut-close' }
	/** Compressed, with the compressed length: nothing is wrong. */
	| { kind: 'gzip' }
	| { kind: 'empty' }
	| { kind: 'no-content' }
	/** 200 and a sign-in page. */
	| { kind: 'html'; contentType?: string }
	| Status
	| Stall
	/** Whole and right, but not before then. */
	| { kind: 'hold'; until: Promise<unknown> }
	| { kind: 'slow'; bytesPerSecond: number }
	/** The connection is reset before an answer. */
	| { kind: 'reset' }
	/** To `to`, or to another path of the same photo. */
	| { kind: 'redirect'; to?: string; status?: number }
	/** Answered without CORS headers. */
	| { kind: 'no-cors' }
	/** 403 as if the URL had expired; one that is issued afterwards works. */
	| { kind: 'expired' }
	/** An SVG that says it is a JPEG. */
	| { kind: 'svg' }
	/** The answer's body replaced. */
	| { kind: 'raw'; body: string; contentType?: string; status?: number };

/** What the API says instead. */
export type SpokenFault =
	/** Hands out this URL for the photo. */
	| { kind: 'wrong-url'; url: string }
	/** Edits the parsed answer in place, or returns another. `api` defaults to every path. */
	| { kind: 'replace-json'; edit: (answer: never) => unknown };

export type Fault = Target & (WireFault | SpokenFault);
export type FaultKind = Fault['kind'];
export type FaultOf<Kind extends FaultKind> = Extract<Fault, { kind: Kind }>;
