/** A fault that may be gone at the next try. */
export class TransientError extends Error {
	override name = 'TransientError';
	/** Nothing answered, or only a proxy that reaches nobody: perhaps the network is down. */
	readonly unreachable: boolean;

	constructor(message: string, options: { unreachable?: boolean; cause?: unknown } = {}) {
		super(message, { cause: options.cause });
		this.unreachable = options.unreachable ?? false;
	}
}

/** The server asks everybody to come back later (429, 503). */
export class BusyError extends Error {
	override name = 'BusyError';

	/**
	 * @param waitMs how long it asks for; `null` when it doesn't say
	 * @param refused it was turned away before anything was done (429); a 503 leaves that open
	 */
	constructor(
		message: string,
		readonly waitMs: number | null,
		readonly refused = false,
	) {
		super(message);
	}
}

/** No byte came for as long as the limits allow. A network that went without a word looks like this, too. */
export class StallError extends TransientError {
	override name = 'StallError';

	constructor(stallMs: number) {
		super(`no answer for ${Math.round(stallMs / 100) / 10} s`, { unreachable: true });
	}
}
