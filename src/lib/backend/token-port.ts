import { BackendError, isBackendError, type BackendErrorCode } from './errors';
import type { GetToken } from './token';

/** What a page answers a worker that asks it for a token. */
export type TokenAnswer = { token: string } | { code: BackendErrorCode; message: string };

export type AskForToken = (fresh: boolean) => Promise<TokenAnswer>;

/** The page's side. On its way to a worker an error keeps its words only: ours goes as data, so that it stays what it is. */
export function answering(getToken: GetToken): AskForToken {
	return async (fresh) => {
		try {
			return { token: await getToken(fresh) };
		} catch (error) {
			if (isBackendError(error)) return { code: error.code, message: error.message };
			throw error;
		}
	};
}

/** The worker's side. */
export function asking(ask: AskForToken): GetToken {
	return async (fresh) => {
		const answer = await ask(fresh);
		if ('token' in answer) return answer.token;
		throw new BackendError(answer.code, answer.message);
	};
}
