import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';

/** Not on the public internet: IANA IPv4 special-purpose registry, multicast, reserved, and Azure's metadata host. */
const nonPublicIpv4 = blockList('ipv4', [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['168.63.129.16', 32],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.0.0.0', 24],
	['192.0.2.0', 24],
	['192.88.99.0', 24],
	['192.168.0.0', 16],
	['198.18.0.0', 15],
	['198.51.100.0', 24],
	['203.0.113.0', 24],
	['224.0.0.0', 4],
	['240.0.0.0', 4],
]);

/** All that IANA gives out as global unicast (RFC 4291) … */
const globalIpv6 = blockList('ipv6', [['2000::', 3]]);

/** … and what inside it is special: protocol assignments with Teredo, documentation, 6to4. */
const specialIpv6 = blockList('ipv6', [
	['2001::', 23],
	['2001:db8::', 32],
	['2002::', 16],
	['3fff::', 20],
]);

/** Whether a textual IPv4 or IPv6 address belongs to the public internet. Anything that is no address is not public. */
export function isPublicAddress(address: string): boolean {
	if (isIPv4(address)) return !nonPublicIpv4.check(address, 'ipv4');
	if (!isPlainIpv6(address)) return false;
	const embedded = embeddedIpv4(address);
	if (embedded !== null) return isPublicAddress(embedded);
	return globalIpv6.check(address, 'ipv6') && !specialIpv6.check(address, 'ipv6');
}

/** Whether a textual IPv4 or IPv6 address is this machine itself. */
export function isLoopbackAddress(address: string): boolean {
	if (isIPv4(address)) return address.startsWith('127.');
	if (!isPlainIpv6(address)) return false;
	const embedded = embeddedIpv4(address);
	if (embedded !== null) return isLoopbackAddress(embedded);
	return groupsOf(address).join() === '0,0,0,0,0,0,0,1';
}

/** Whether a URL's hostname (IPv6 in brackets) names this machine without asking DNS. */
export function isLoopbackHost(hostname: string): boolean {
	return hostname === 'localhost' || isLoopbackAddress(addressIn(hostname) ?? '');
}

/** The address that a URL's hostname is, without brackets; null when it is a name. */
export function addressIn(hostname: string): string | null {
	const bare = hostname.replace(/^\[(.*)\]$/, '$1');
	return isIP(bare) ? bare : null;
}

/** The IPv4 address inside an IPv4-mapped (`::ffff:0:0/96`) or NAT64 (`64:ff9b::/96`) one, else null. */
function embeddedIpv4(address: string): string | null {
	const groups = groupsOf(address);
	const prefix = groups.slice(0, 6).join();
	if (prefix !== '0,0,0,0,0,65535' && prefix !== '100,65435,0,0,0,0') return null;
	return groups
		.slice(6)
		.flatMap((group) => [group >> 8, group & 0xff])
		.join('.');
}

/** The eight numbers of an IPv6 address. */
function groupsOf(address: string): number[] {
	// The URL parser knows every notation and answers with one: hexadecimal, at most one `::`.
	const text = new URL(`http://[${address}]`).hostname.slice(1, -1);
	const [head = '', tail] = text.split('::');
	const numbers = (part: string) => (part === '' ? [] : part.split(':').map((group) => parseInt(group, 16)));
	const [before, after] = [numbers(head), numbers(tail ?? '')];
	return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function isPlainIpv6(address: string): boolean {
	// A zone (`fe80::1%eth0`) only makes sense on a local link.
	return isIPv6(address) && !address.includes('%');
}

function blockList(family: 'ipv4' | 'ipv6', subnets: [network: string, prefix: number][]): BlockList {
	const list = new BlockList();
	for (const [network, prefix] of subnets) list.addSubnet(network, prefix, family);
	return list;
}
