/** Somebody who may get an access link, as far as the roster tells. */
export interface Recipient {
	/** `null` for those who have not joined, or have left. */
	memberId: string | null;
	/** `null` where there is none, or only a placeholder. */
	email: string | null;
	/** Whom to write on the screen. */
	name: string;
}

/** Somebody whom a link can reach. */
export interface Reachable extends Recipient {
	memberId: string;
	email: string;
}

/** Parts those whom a link can reach, each once, from the others. */
export function partRecipients(all: readonly Recipient[]): {
	reachable: Reachable[];
	unreachable: Recipient[];
} {
	const reachable = new Map<string, Reachable>();
	const unreachable: Recipient[] = [];
	for (const { memberId, email, name } of all) {
		if (memberId !== null && email !== null) reachable.set(memberId, { memberId, email, name });
		else unreachable.push({ memberId, email, name });
	}
	return { reachable: [...reachable.values()], unreachable };
}
