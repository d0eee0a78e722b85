import { isBackendError } from '$lib/backend/errors';
import type { Sent } from './send-one';

/**
 * Whether the backend has the call for access links at all, learned from its answers. ASSUMED: "not found" may mean the
 * call, or one member who was just removed: once a link went out it's the member; until then the second member decides.
 */
export class Availability {
	#hasSent = false;
	#notFound = new Set<string>();

	/** It is known by now that the backend hasn't got the call. */
	get missing(): boolean {
		return !this.#hasSent && this.#notFound.size > 1;
	}

	learn(memberId: string, { outcome, error }: Sent): void {
		if (outcome.kind === 'sent') this.#hasSent = true;
		if (isBackendError(error, 'not-found')) this.#notFound.add(memberId);
	}
}
