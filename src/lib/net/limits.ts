/** How patient the client is with a bad network. Times in ms. */
export interface NetLimits {
	/** Tries in all for a request that fails by a fault of the network or the server. */
	tries: number;
	/** How often a server may answer "later" (429, 503) to one request. */
	pauses: number;
	/** First backoff; doubles with each try, with full jitter. */
	backoffMs: number;
	backoffCapMs: number;
	/** The longest pause that a server may ask for. */
	pauseCapMs: number;
	/** No byte for so long is a stall. Time that the machine slept doesn't count. */
	stallMs: number;
	/** How often the network is probed while it is down. */
	probeMs: number;
}

export const defaultNetLimits: NetLimits = {
	tries: 4,
	pauses: 12,
	backoffMs: 500,
	backoffCapMs: 20_000,
	pauseCapMs: 5 * 60_000,
	stallMs: 30_000,
	probeMs: 2_000,
};
