import { count, formatNumber } from '$lib/ui/numbers';
import { mayTryAgain, type AccessLinksState, type SendingState } from './access-links.svelte';
import type { Recipient } from './recipients';
import type { LinkResult } from './run';
import type { Outcome } from './send-one';

/** What came of one link, beside its address. */
export function outcomeWords(outcome: Outcome): string {
	switch (outcome.kind) {
		case 'sent':
			return 'Sent';
		case 'already-sent':
			return 'Already requested less than a minute ago; not sent again';
		case 'failed':
			return outcome.reason;
		case 'not-asked':
			return 'Not sent';
	}
}

/** Where the sending is, or what came of it, for everybody to hear. */
export function summary(state: AccessLinksState): string {
	switch (state.kind) {
		case 'asking':
			return '';
		case 'sending':
			return sendingWords(state);
		case 'finished':
			return finishedWords(state.results);
	}
}

/** Why no link can reach somebody. */
export function unreachableWords({ memberId }: Recipient): string {
	return memberId === null ? 'is no member of the team (any more, or yet)' : 'has no e-mail address';
}

/** Those whom somebody should look at first. */
export function worstFirst(results: readonly LinkResult[]): LinkResult[] {
	return [
		...results.filter(({ outcome }) => outcome.kind === 'failed'),
		...results.filter(({ outcome }) => outcome.kind !== 'failed').reverse(),
	];
}

/** Whether there is anything that another try could still send. */
export function canTryAgain(results: readonly LinkResult[]): boolean {
	return results.some(mayTryAgain);
}

function sendingWords(state: SendingState): string {
	if (state.stopping) return 'Stopping…';
	if (state.total === 1) return state.waiting ? 'Waiting for the backend…' : 'Sending…';
	const done = `${formatNumber(state.done)} of ${count(state.total, 'link')} done`;
	return state.waiting ? `${done}; waiting for the backend` : done;
}

function finishedWords(results: readonly LinkResult[]): string {
	const [only] = results;
	if (only !== undefined && results.length === 1) {
		return only.outcome.kind === 'sent' ? `Sent to ${only.recipient.email}` : outcomeWords(only.outcome);
	}
	const of = (kind: Outcome['kind']) => results.filter(({ outcome }) => outcome.kind === kind).length;
	const rest = [
		of('failed') && `${count(of('failed'), 'link')} failed`,
		of('already-sent') && `${of('already-sent')} already requested`,
		of('not-asked') && `${of('not-asked')} not sent`,
	].filter(Boolean);
	return [`${of('sent')} of ${count(results.length, 'link')} sent`, ...rest].join('; ');
}
