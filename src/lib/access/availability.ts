import { isBackendError } from '$lib/backend/errors';
import type { Sent } from './send-one';

/**
 * Whether the backend has the call for access links at all, learned from its answers. "Not found" may mean the call, or
 * one member: once a link went out it's the member; of several members the second one decides; a single one has to do.
 */
export class Availability {
	#hasSent = false;
	#notFound = new Set<string>();
	#missing = false;

	/** It is known by now that the backend hasn't got the call. */
	get missing(): boolean {
		return this.#missing;
	}

	/** @param several the member is one of several whom links are sent to */
	learn(memberId: string, several: boolean, { outcome, error }: Sent): void {
		if (outcome.kind === 'sent') this.#hasSent = true;
		if (!isBackendError(error, 'not-found') || this.#hasSent) return;
		this.#notFound.add(memberId);
		this.#missing = !several || this.#notFound.size > 1;
	}
}
