import { expect, test } from 'vitest';
import {
	addressIn,
	isLoopbackAddress,
	isLoopbackHost,
	isPublicAddress,
} from '../../../src/gateway/addresses.ts';

test.each([
	'1.1.1.1',
	'8.8.8.8',
	'100.63.255.255',
	'100.128.0.1',
	'172.15.255.255',
	'172.32.0.0',
	'223.255.255.255',
	'2606:4700:4700::1111',
	'2a00:1450:4001:82a::200e',
	'::ffff:8.8.8.8',
	'64:ff9b::8.8.8.8',
])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));

test.each([
	['this network', '0.0.0.0'],
	['private', '10.1.2.3'],
	['private', '172.16.0.1'],
	['private', '172.31.255.255'],
	['private', '192.168.1.1'],
	['carrier-grade NAT', '100.64.0.1'],
	['Alibaba metadata', '100.100.100.200'],
	['loopback', '127.0.0.1'],
	['loopback', '127.255.255.254'],
	['cloud metadata', '169.254.169.254'],
	['Azure metadata', '168.63.129.16'],
	['Oracle metadata', '192.0.0.192'],
	['documentation', '203.0.113.7'],
	['benchmarks', '198.18.0.1'],
	['multicast', '224.0.0.1'],
	['reserved', '240.0.0.1'],
	['broadcast', '255.255.255.255'],
	['unspecified', '::'],
	['loopback', '::1'],
	['loopback, written out', '0:0:0:0:0:0:0:1'],
	['link-local', 'fe80::1'],
	['link-local with a zone', 'fe80::1%eth0'],
	['public with a zone', '2606:4700::1%eth0'],
	['unique local', 'fd00:ec2::254'],
	['site-local', 'fec0::1'],
	['multicast', 'ff02::1'],
	['documentation', '2001:db8::1'],
	['documentation', '3fff::1'],
	['Teredo', '2001:0:53aa:64c::1'],
	['6to4 of a private address', '2002:a00:1::1'],
	['IPv4-mapped loopback', '::ffff:127.0.0.1'],
	['IPv4-mapped loopback, hexadecimal', '::ffff:7f00:1'],
	['IPv4-mapped metadata', '::FFFF:a9fe:a9fe'],
	['IPv4-compatible', '::127.0.0.1'],
	['NAT64 of a private address', '64:ff9b::10.0.0.1'],
	['local NAT64', '64:ff9b:1::8.8.8.8'],
	['no address', 'localhost'],
	['no address', ''],
	['a short form', '127.1'],
])('%s (%s) is not public', (_, address) => expect(isPublicAddress(address)).toBe(false));

test('this machine is known by every spelling of its address', () => {
	for (const address of ['127.0.0.1', '127.9.9.9', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1'])
		expect(isLoopbackAddress(address), address).toBe(true);
	for (const address of ['10.0.0.1', '::', '1.1.1.1', '::2', 'localhost', ''])
		expect(isLoopbackAddress(address), address).toBe(false);
	for (const host of ['localhost', '[::1]', '127.0.0.1']) expect(isLoopbackHost(host), host).toBe(true);
	for (const host of ['localhost.example', 'example.com', '[::2]'])
		expect(isLoopbackHost(host), host).toBe(false);
});

test('a hostname that is an address is told from a name', () => {
	expect(addressIn('[2606:4700::1]')).toBe('2606:4700::1');
	expect(addressIn('8.8.8.8')).toBe('8.8.8.8');
	expect(addressIn('cdn.example')).toBeNull();
});
