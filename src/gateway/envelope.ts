import type { ServerResponse } from 'node:http';

/** Answers with JSON that nobody caches. `body` is text that is JSON already. */
export function sendJson(response: ServerResponse, status: number, body: string): void {
	if (response.headersSent || response.destroyed) return;
	response.statusCode = status;
	response.setHeader('Content-Type', 'application/json; charset=utf-8');
	response.setHeader('Content-Length', Buffer.byteLength(body));
	response.setHeader('Cache-Control', 'no-store');
	response.end(response.req.method === 'HEAD' ? undefined : body);
}

/** Answers with the API's failure envelope, `{success: false, error, code}`. */
export function sendFailure(response: ServerResponse, status: number, code: string, error: string): void {
	sendJson(response, status, JSON.stringify({ success: false, error, code }));
}
