import type { Sink } from '../sink';

/** One way to make an archive of photos as they come. Calls don't overlap. */
export interface Contender {
	add(path: string, bytes: Uint8Array<ArrayBuffer>): void | Promise<void>;
	/** The archive, where it isn't in the sink. The sink is closed by others. */
	finish(): Promise<Blob | null>;
}

export type StartContender = (sink: Sink) => Contender;
