import { describe, expect, test } from 'vitest';
import { whyUnreachable } from '../../../src/gateway/unreachable.ts';
import { ask, freePort, startGateway, startServer, type Answer } from './gateway-helpers.ts';

const key = 'hsp_live_0123456789abcdef';
const codeOf = (answer: Answer) => (JSON.parse(answer.text) as { code?: string }).code;

describe('an upstream that can’t be reached is a 502, and the terminal says why, once', () => {
	test.each([
		[
			'that isn’t there',
			async () => `http://127.0.0.1:${await freePort()}`,
			'nothing answers there (ECONNREFUSED)',
		],
		[
			'without an address',
			async () => 'https://acme.invalid',
			/its name is not found \((ENOTFOUND|EAI_AGAIN)\)/,
		],
	])('one %s', async (_, place, why) => {
		const upstream = await place();
		const { port, told } = await startGateway({ key, upstream });
		for (const path of ['', '', '/teams']) {
			const answer = await ask(port, `/api/v2/organization${path}`);
			expect([answer.status, codeOf(answer)]).toEqual([502, 'UPSTREAM_UNREACHABLE']);
		}
		expect(told).toHaveLength(1);
		expect(told[0]).toContain(`(${new URL(upstream).host}) can’t be reached: `);
		expect(told[0]).toMatch(why);
	});

	test('one that speaks no TLS', async () => {
		const plain = await startServer((_, response) => response.end());
		const { port, told } = await startGateway({ key, upstream: `https://127.0.0.1:${plain}` });
		expect(codeOf(await ask(port, '/api/v2/organization'))).toBe('UPSTREAM_UNREACHABLE');
		expect(told).toEqual([expect.stringMatching(/no secure connection comes about \([A-Z\d_]+\)/)]);
	});

	test('one that hangs up; another reason is told as well', async () => {
		let asked = 0;
		const cut = await startServer((request, response) => {
			if (asked++ % 2) response.writeHead(302).end();
			else request.socket.destroy();
		});
		const { port, told } = await startGateway({ key, upstream: `http://127.0.0.1:${cut}` });
		for (let nth = 0; nth < 4; nth++) await ask(port, '/api/v2/organization');
		expect(told).toEqual([
			expect.stringMatching(/can’t be reached: it broke off \([A-Z_]+\)/),
			expect.stringContaining('redirects'),
		]);
	});
});

test.each([
	['CERT_HAS_EXPIRED', 'no secure connection comes about (CERT_HAS_EXPIRED)'],
	['DEPTH_ZERO_SELF_SIGNED_CERT', 'no secure connection comes about (DEPTH_ZERO_SELF_SIGNED_CERT)'],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'no secure connection comes about (UNABLE_TO_VERIFY_LEAF_SIGNATURE)'],
	['ERR_SSL_TLSV1_UNRECOGNIZED_NAME', 'no secure connection comes about (ERR_SSL_TLSV1_UNRECOGNIZED_NAME)'],
	['EPROTO', 'no secure connection comes about (EPROTO)'],
	['ENOTFOUND', 'its name is not found (ENOTFOUND)'],
	['EAI_AGAIN', 'its name is not found (EAI_AGAIN)'],
	['ECONNREFUSED', 'nothing answers there (ECONNREFUSED)'],
	['UND_ERR_CONNECT_TIMEOUT', 'it does not answer in time (UND_ERR_CONNECT_TIMEOUT)'],
	['ECONNRESET', 'it broke off (ECONNRESET)'],
	['EHOSTUNREACH', 'the connection failed (EHOSTUNREACH)'],
])('%s in words', (code, words) => {
	expect(whyUnreachable(new TypeError('fetch failed', { cause: Object.assign(new Error(), { code }) }))).toBe(
		words,
	);
});

test('of an error without a code, nothing is quoted', () => {
	for (const error of [
		new Error('Bearer hsp_live_x'),
		'Bearer hsp_live_x',
		undefined,
		{ cause: { code: 'hsp_live_x' } },
	])
		expect(whyUnreachable(error)).toBe('the connection failed');
	expect(whyUnreachable(new DOMException('Bearer hsp_live_x', 'TimeoutError'))).toBe(
		'it does not answer in time',
	);
});
