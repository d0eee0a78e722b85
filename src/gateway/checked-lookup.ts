import type { LookupAddress, LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** Resolves a host name to all of its addresses. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

/** The code of the error that a connection fails with when its host has an address that isn't allowed. */
export const addressRefused = 'ERR_ADDRESS_REFUSED';

/**
 * A `lookup` for `net.connect` and `https.request` that hands out addresses only when all of them are allowed.
 * The connection is made to the very addresses that were checked, so a name that resolves differently a moment
 * later (DNS rebinding) gains nothing. Node doesn't call it for a host that is an address already: check those first.
 */
export function checkedLookup(
	resolve: Resolve,
	isAllowed: (hostname: string, address: string) => boolean,
): LookupFunction {
	return (hostname, options, callback) => {
		resolve(hostname).then(
			(addresses) => {
				const [first] = addresses;
				if (first === undefined || !addresses.every(({ address }) => isAllowed(hostname, address)))
					callback(refusal(), '', 0);
				else if (options.all) callback(null, addresses);
				else {
					const wanted = addresses.find(({ family }) => family === familyOf(options)) ?? first;
					callback(null, wanted.address, wanted.family);
				}
			},
			(error: NodeJS.ErrnoException) => callback(error, '', 0),
		);
	};
}

function familyOf({ family }: LookupOptions): number | undefined {
	if (family === 'IPv4') return 4;
	return family === 'IPv6' ? 6 : family;
}

function refusal(): NodeJS.ErrnoException {
	return Object.assign(new Error('The host has an address outside of the public internet.'), {
		code: addressRefused,
	});
}
