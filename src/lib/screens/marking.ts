import { actionedAt, type Handed, type Marker } from '$lib/actioned/marker';
import type { Saved } from '$lib/actioned/markers.svelte';
import type { Delivered } from '$lib/download/contract';
import { displayName, type FinishedShoot } from '$lib/members/member';
import type { Session } from '$lib/session/session.svelte';
import { count } from '$lib/ui/numbers';

/** Who wants to hear of what was done. */
export interface MarkingListener {
	/** These were marked as actioned, and that is saved. */
	actioned?(handed: Handed[]): void;
	/** These are finished again, and that is saved. */
	unactioned?(shootIds: string[]): void;
}

/** Marks shoots as actioned and takes that back; what came of it is said, with Undo. */
export class Marking {
	readonly #session: Pick<Session, 'markers' | 'roster' | 'toasts'>;
	readonly #listener: MarkingListener;

	constructor(session: Pick<Session, 'markers' | 'roster' | 'toasts'>, listener: MarkingListener) {
		this.#session = session;
		this.#listener = listener;
	}

	/** Why markers can't be changed; `null` when they can. */
	get readOnly(): string | null {
		const { state } = this.#session.markers;
		if (state.kind === 'read-only') return state.reason;
		return state.kind === 'ready' ? null : 'The markers are still being read.';
	}

	mark(shoots: readonly FinishedShoot[]): Promise<void> {
		return this.#mark(
			shoots.map((shoot) => ({
				shootId: shoot.id,
				photoId: shoot.favorite?.photoId ?? null,
				email: shoot.email,
				name: displayName(shoot),
			})),
		);
	}

	/** Marks what is in a verified archive, with the favorites that are in it. */
	async markDelivered(delivered: readonly Delivered[]): Promise<void> {
		await this.#mark(
			delivered.map(({ shootId, photoId, email, member }) => ({ shootId, photoId, email, name: member })),
		);
		const { roster } = this.#session;
		const listed = new Map(roster.data.shoots.map(({ id, favorite }) => [id, favorite?.photoId]));
		// The download has asked later than this list: whoever is new in it has no line yet, or a former favorite.
		if (delivered.some(({ shootId, photoId }) => listed.get(shootId) !== photoId)) await roster.load();
	}

	/** Whether all of them are marked, with the favorites that were handed over, and that is saved. */
	areMarked(delivered: readonly Delivered[]): boolean {
		const { markers } = this.#session;
		return delivered.every(
			({ shootId, photoId }) => markers.get(shootId)?.photoId === photoId && !markers.isSaving(shootId),
		);
	}

	/** Puts them back among the finished. `quietly` where it undoes what was just done. */
	async undo(shootIds: readonly string[], quietly?: 'quietly'): Promise<void> {
		const { markers, toasts } = this.#session;
		const before = this.#markersOf(shootIds);
		if (before.length === 0) return;
		const ids = before.map(({ shootId }) => shootId);
		const saved = await markers.undo(ids);
		if (!saved.ok) return toasts.fail(`Not undone: ${saved.reason}`);
		this.#listener.unactioned?.(ids);
		if (quietly) return;
		const undo = { label: 'Undo', run: () => void this.#again(before) };
		// Whoever was deleted or reset since has no place to come back to.
		const what = this.#session.roster.data.shoots.some(({ id }) => ids.includes(id))
			? 'back in Finished'
			: 'no longer actioned';
		toasts.show(`${whose(before)} ${what}`, undo, ids);
	}

	/** What becomes of a note is said where it is typed. */
	note(shootId: string, note: string): Promise<Saved> {
		return this.#session.markers.setNote(shootId, note);
	}

	async #mark(handed: Handed[]): Promise<void> {
		const { markers, toasts } = this.#session;
		// Who was actioned with another favorite is marked anew, with this one.
		const open = handed.filter(({ shootId, photoId }) => markers.get(shootId)?.photoId !== photoId);
		if (open.length === 0) return;
		const former = this.#markersOf(open.map(({ shootId }) => shootId));
		const saved = await markers.mark(open);
		if (!saved.ok) return toasts.fail(`Not marked as actioned: ${saved.reason}`);
		this.#listener.actioned?.(open);
		const undo = { label: 'Undo', run: () => void this.#unmark(open, former) };
		const ids = open.map(({ shootId }) => shootId);
		toasts.show(`${whose(open)} marked as actioned`, undo, ids);
	}

	/** Undoes a mark. @param former those of them that were actioned before, with what was handed over then */
	async #unmark(marked: Handed[], former: Marker[]): Promise<void> {
		const again = new Set(former.map(({ shootId }) => shootId));
		const ids = marked.map(({ shootId }) => shootId).filter((shootId) => !again.has(shootId));
		await this.undo(ids, 'quietly');
		await this.#again(former);
	}

	/** Marks them as they were, as of then. */
	async #again(before: Marker[]): Promise<void> {
		if (before.length === 0) return;
		const handed = before.map(({ shootId, photoId, email, name }) => ({ shootId, photoId, email, name }));
		const saved = await this.#session.markers.mark(
			handed.map((one, index) => ({ ...one, actionedAt: actionedAt(before[index]!) })),
		);
		if (saved.ok) this.#listener.actioned?.(handed);
		else this.#session.toasts.fail(`Not marked as actioned: ${saved.reason}`);
	}

	#markersOf(shootIds: readonly string[]): Marker[] {
		return shootIds.flatMap((id) => this.#session.markers.get(id) ?? []);
	}
}

function whose(some: readonly Pick<Handed, 'name' | 'email'>[]): string {
	if (some.length !== 1) return count(some.length, 'photo shoot');
	return some[0]?.name ?? some[0]?.email ?? 'The photo shoot';
}
