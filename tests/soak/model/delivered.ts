import type { Shoot } from '../../backend/stand-in.ts';
import type { ShootFacts } from './facts.ts';
import type { PlannedFile } from './plan.ts';

interface Delivery {
	photoId: string;
	hasPicture: boolean;
}

/** Which favorites were handed over whole: the next download may leave them out. */
export class Delivered {
	readonly #byShoot = new Map<string, Delivery>();

	/** An archive was saved. */
	add(plan: PlannedFile[], missing: PlannedFile[]): void {
		const lacking = new Set(missing.map(({ shoot }) => shoot.id));
		for (const { shoot, photoId } of plan)
			if (!lacking.has(shoot.id)) this.#byShoot.set(shoot.id, { photoId, hasPicture: hasPicture(shoot) });
	}

	/** Shoots and the photos of them that were handed over, as text, sorted. */
	get lines(): string[] {
		return [...this.#byShoot].map(([shootId, { photoId }]) => `${shootId} ${photoId}`).sort();
	}

	/** Those of the shoots that are to go out; `null` when nothing was handed over yet. */
	fresh(shoots: readonly ShootFacts[]): ShootFacts[] | null {
		if (this.#byShoot.size === 0) return null;
		return shoots.filter(({ id, favoriteId, hasPicture }) => {
			const last = this.#byShoot.get(id);
			return favoriteId !== null && (last?.photoId !== favoriteId || last.hasPicture !== hasPicture);
		});
	}
}

function hasPicture({ profilePicture }: Shoot): boolean {
	return profilePicture !== null;
}
