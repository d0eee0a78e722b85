import { proxy, transferHandlers, wrap, expose } from 'comlink';
import { expect, onTestFinished, test } from 'vitest';
import { BackendError } from '$lib/backend/errors';
import type { GetToken } from '$lib/backend/token';
import { answering, asking, type AskForToken } from '$lib/backend/token-port';

/** A worker's `getToken`, with the page's behind a real channel. */
function across(getToken: GetToken): GetToken {
	expect(transferHandlers.has('throw')).toBe(true);
	const { port1, port2 } = new MessageChannel();
	onTestFinished(() => {
		port1.close();
		port2.close();
	});
	expose(proxy(answering(getToken)), port1);
	return asking(wrap<AskForToken>(port2) as unknown as AskForToken);
}

test('a token comes across, and whether it has to be fresh', async () => {
	const getToken = across(async (fresh) => (fresh ? 'second' : 'first'));
	expect([await getToken(false), await getToken(true)]).toEqual(['first', 'second']);
});

test('what stands between the host and us says the same on both sides', async () => {
	const said = new BackendError('forbidden', 'Another organization is signed in.');
	const error: unknown = await across(() => Promise.reject(said))(false).catch((reason: unknown) => reason);
	expect(error).toBeInstanceOf(BackendError);
	expect(error).toMatchObject({ code: said.code, message: said.message });
});

test('any other error stays one', async () => {
	await expect(across(() => Promise.reject(new TypeError('no')))(false)).rejects.toThrow('no');
});
