import type { Backend } from '$lib/backend/client';
import { BackendError } from '$lib/backend/errors';
import { loadShoots, type Shoots } from '$lib/members/load';
import type { JobRequest } from '$lib/download/contract';

const OTHERS =
	'Another organization is signed in now, so nothing of it was fetched. Reload the page to see its members.';

/**
 * The shoots that a download is about. Since it was asked for, or before it was interrupted, somebody of another
 * organization may have signed in: their photos must not pass for those that are on the screen.
 *
 * @throws BackendError, or the signal's reason
 */
export async function ownShoots(
	backend: Backend,
	{ organizationUid, teamId }: Pick<JobRequest, 'organizationUid' | 'teamId'>,
	signal: AbortSignal,
): Promise<Shoots> {
	const signedIn = organizationUid === null ? null : backend.organization(signal);
	// Should both fail, the lists say why.
	signedIn?.catch(() => {});
	const shoots = await loadShoots(backend, teamId, signal);
	mustBe(organizationUid, await signedIn);
	return shoots;
}

/**
 * Whether it is still the same organization, after somebody has signed in again; whoever can't be asked says nothing.
 * @throws BackendError
 */
export async function stillOwn(
	backend: Backend,
	{ organizationUid }: Pick<JobRequest, 'organizationUid'>,
	signal: AbortSignal,
): Promise<void> {
	if (organizationUid === null) return;
	mustBe(organizationUid, await backend.organization(signal).catch(() => null));
}

function mustBe(uid: string | null, signedIn: { uid: string } | null): void {
	if (signedIn !== null && signedIn.uid !== uid) throw new BackendError('forbidden', OTHERS);
}
