import { expect, test } from 'vitest';
import { isLoopback } from '$lib/net/loopback';

test.each(['localhost', '[::1]', '127.0.0.1', '127.255.10.254'])('%s is this machine', (name) =>
	expect(isLoopback(name)).toBe(true),
);

test.each([
	...['', 'example.com', 'localhost.example.com', 'my-localhost', '[::2]', '[::ffff:7f00:1]'],
	...['128.0.0.1', '10.0.0.1', '127.0.0.1.example.com', '1.127.0.0.1', '127.0.0', '127.0.0.x'],
])('"%s" is another', (name) => expect(isLoopback(name)).toBe(false));
