import { afterEach, describe, expect, test, vi } from 'vitest';
import type { GetToken } from '$lib/backend/token';
import { defaultNetLimits } from '$lib/net/limits';
import { guardToken } from '../../../src/embed/guard-token';
import { startStandIn } from '../../backend/stand-in.ts';
import { mount } from '../../backend/mount.ts';

const life = new AbortController();

function guard(ask: GetToken, organization: string | null = null, apiBase = 'http://localhost:1/api/v2') {
	const tell = vi.fn(() => true);
	const limits = { ...defaultNetLimits, tries: 1, probeMs: 10 };
	return { tell, token: guardToken({ ask, apiBase, limits, organization, tell, signal: life.signal }) };
}

afterEach(() => vi.useRealTimers());

describe('the host’s getToken', () => {
	test('gives its token, and is told when the last one was refused', async () => {
		const ask = vi.fn((fresh: boolean) => Promise.resolve(fresh ? 'second' : 'first'));
		const { token } = guard(ask);
		expect(await token(false)).toBe('first');
		expect(await token(true)).toBe('second');
	});

	test('that never answers is given up after 15 seconds, and the host is told', async () => {
		vi.useFakeTimers();
		const { token, tell } = guard(() => new Promise<string>(() => {}));
		const asked = expect(token(false)).rejects.toThrow(
			'The page around this one gave no access token: it did not answer within 15 seconds.',
		);
		await vi.advanceTimersByTimeAsync(15_000);
		await asked;
		expect(tell).toHaveBeenCalledWith('error', expect.objectContaining({ code: 'token' }));
		expect(vi.getTimerCount()).toBe(0);
	});

	test('that throws at once is a failure like any other', async () => {
		const { token } = guard(() => {
			throw new Error('nobody is signed in');
		});
		await expect(token(false)).rejects.toMatchObject({ code: 'no-token', message: /nobody is signed in$/ });
	});
});

describe('where an organization is expected', () => {
	test('a token of another one is refused, and one of the expected is asked about once', async () => {
		const standIn = await startStandIn({
			members: 1,
			auth: { kind: 'bearer', tokens: ['good'] },
			edit: ({ organization }) => void (organization.uid = 'mine'),
		});
		const { origin, close } = await mount(standIn);
		const right = guard(() => Promise.resolve('good'), 'mine', `${origin}/api/v2`);
		expect(await right.token(false)).toBe('good');
		expect(await right.token(false)).toBe('good');
		expect(standIn.log).toHaveLength(1);

		const wrong = guard(() => Promise.resolve('good'), 'theirs', `${origin}/api/v2`);
		await expect(wrong.token(false)).rejects.toMatchObject({ code: 'forbidden' });
		expect(wrong.tell).toHaveBeenCalledWith('error', expect.objectContaining({ code: 'organization' }));

		// An expired one says nothing of whose it is: whoever uses it is refused, and asks for a fresh one.
		const expired = guard(() => Promise.resolve('old'), 'mine', `${origin}/api/v2`);
		expect(await expired.token(false)).toBe('old');
		await close();
		await standIn.close();
	});
});
