/** What both hosts were asked, in the order of arrival. */

import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

export type Host = 'api' | 'photo';
export type PhotoFile = 'headshot' | 'thumbnail' | 'pfp' | 'original';

export interface LogEntry {
	/** ms since the epoch */
	at: number;
	host: Host;
	method: string;
	path: string;
	query: URLSearchParams;
	/** 0 until (or unless) an answer began. */
	status: number;
	shootId?: string;
	file?: PhotoFile;
	/** The client went away before it had the whole answer. */
	aborted: boolean;
	/** ms since the epoch; `null` while the request is being answered. */
	finishedAt: number | null;
	/** Of the body, as far as they were handed to the network. */
	bytes: number;
	/** As received, names in lower case. */
	headers: IncomingHttpHeaders;
}

/** One request while it is answered. */
export interface Exchange {
	req: IncomingMessage;
	res: ServerResponse;
	url: URL;
	entry: LogEntry;
	/** The answer is going to be broken by us: its end isn't the client's doing. */
	broken: boolean;
	/** Fires when the connection of this answer is over, whoever ended it. */
	gone: AbortSignal;
}

export function openExchange(
	log: LogEntry[],
	host: Host,
	req: IncomingMessage,
	res: ServerResponse,
): Exchange {
	const url = new URL(req.url ?? '/', 'http://stand-in');
	const gone = new AbortController();
	const entry: LogEntry = {
		at: Date.now(),
		host,
		method: req.method ?? 'GET',
		path: url.pathname,
		query: url.searchParams,
		status: 0,
		aborted: false,
		finishedAt: null,
		bytes: 0,
		headers: req.headers,
	};
	const exchange: Exchange = { req, res, url, entry, broken: false, gone: gone.signal };
	log.push(entry);
	res.once('close', () => {
		entry.finishedAt = Date.now();
		if (res.headersSent) entry.status = res.statusCode;
		entry.aborted = !res.writableFinished && !exchange.broken;
		gone.abort();
	});
	return exchange;
}
