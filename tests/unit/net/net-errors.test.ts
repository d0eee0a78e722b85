import { expect, test } from 'vitest';
import { BusyError, StallError, TransientError } from '$lib/net/errors';

test('each error says in a log what it is', () => {
	expect(
		[new TransientError('Gone.'), new BusyError('Later.', 5), new StallError(30_000)].map(String),
	).toEqual(['TransientError: Gone.', 'BusyError: Later.', 'StallError: no answer for 30 s']);
});

test('unless it is told, something has answered, and what was asked may have been done', () => {
	expect(new TransientError('Gone.').unreachable).toBe(false);
	expect(new TransientError('Gone.', { unreachable: true }).unreachable).toBe(true);
	expect(new BusyError('Later.', null)).toMatchObject({ refused: false, waitMs: null });
	expect(new BusyError('Later.', 5, true)).toMatchObject({ refused: true, waitMs: 5 });
});

test('what it was caused by is kept', () => {
	const cause = new TypeError('Failed to fetch');
	expect(new TransientError('Gone.', { cause }).cause).toBe(cause);
});
