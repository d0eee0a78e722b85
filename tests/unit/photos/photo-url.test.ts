import { describe, expect, test } from 'vitest';
import { parsePhotoUrl, PhotoUrlError, pictureIdentity } from '$lib/photos/photo-url';

const BASE = 'https://app.example.com/app/admin/headshots';

describe('given an address that may be fetched', () => {
	test.each([
		['https://cdn.example.com/p.jpg?sig=a%2Fb&x=1', 'https://cdn.example.com/p.jpg?sig=a%2Fb&x=1'],
		['HTTPS://CDN.example.com:8443/p.jpg', 'https://cdn.example.com:8443/p.jpg'],
		['https://cdn.example.com/a b.jpg', 'https://cdn.example.com/a%20b.jpg'],
		['https://cdn.example.com/u@x.com.jpg', 'https://cdn.example.com/u@x.com.jpg'],
		['http://localhost:5173/p.jpg', 'http://localhost:5173/p.jpg'],
		['http://127.0.0.1:8080/p.jpg', 'http://127.0.0.1:8080/p.jpg'],
		['http://127.8.9.10/p.jpg', 'http://127.8.9.10/p.jpg'],
		['http://[::1]:8080/p.jpg', 'http://[::1]:8080/p.jpg'],
	])('%s', (text, href) => {
		expect(parsePhotoUrl(text).href).toBe(href);
	});

	test('a path is one on the base', () => {
		expect(parsePhotoUrl('/api/v2/photo?u=1', BASE).href).toBe('https://app.example.com/api/v2/photo?u=1');
		expect(parsePhotoUrl('/p', 'http://localhost:5173').href).toBe('http://localhost:5173/p');
	});
});

describe('given an address that must not be fetched', () => {
	test.each<[string, unknown]>([
		['nothing', undefined],
		['null', null],
		['a number', 7],
		['a URL object', new URL('https://example.com')],
		['empty', ''],
		['javascript:', 'javascript:alert(1)'],
		['javascript: with a host', 'javascript://example.com/%0aalert(1)'],
		['data:', 'data:image/png;base64,AAAA'],
		['blob:', 'blob:https://example.com/0d9f'],
		['file:', 'file:///etc/passwd'],
		['ftp:', 'ftp://example.com/x.jpg'],
		['http elsewhere', 'http://example.com/x.jpg'],
		['credentials', 'https://user:pw@example.com/'],
		['a user name', 'https://user@example.com/'],
		['an empty user name', 'https://@example.com/'],
		['a loopback name in front', 'http://localhost.evil.com/'],
		['a loopback address in front', 'http://127.0.0.1.evil.com/'],
		['loopback as user name', 'http://127.0.0.1@evil.com/'],
		['not quite loopback', 'http://128.0.0.1/'],
		['all interfaces', 'http://0.0.0.0/'],
		['scheme-relative', '//evil.com/x'],
		['scheme-relative by backslash', '/\\evil.com/x'],
		['backslashes', 'https:\\\\evil.com/x'],
		['too few slashes', 'https:/evil.com/x'],
		['no slashes', 'https:evil.com'],
		['no host', 'https:///'],
		['no valid host', 'https://a b/'],
		['a relative path', 'photo.jpg'],
		['a space in front', ' https://example.com/x.jpg'],
		['a line break behind', 'https://example.com/x.jpg\n'],
		['a tab in the scheme', 'java\tscript:alert(1)'],
		['a tab between slashes', '/\t/evil.com/x'],
		['a tab in the host', 'https://exam\tple.com/'],
		['NUL', 'https://example.com/\0'],
		['too long', `https://example.com/${'x'.repeat(8192)}`],
	])('%s', (_, text) => {
		expect(() => parsePhotoUrl(text, BASE)).toThrow(PhotoUrlError);
		expect(() => parsePhotoUrl(text)).toThrow(PhotoUrlError);
	});

	test.each<[string, unknown]>([
		['The photo has no address.', undefined],
		['The photo has no address.', ''],
		['The address of the photo is too long.', `https://example.com/${'x'.repeat(8192)}`],
		['The address of the photo has characters that belong in no address.', 'https://example.com/\n'],
		['The address of the photo is not encrypted (https).', 'http://example.com/'],
		['The address of the photo names no host.', '/photo.jpg'],
		['The address of the photo is no web address.', 'photo.jpg'],
		['The address of the photo is no web address.', 'https://a b/'],
		['The address of the photo carries a user name.', 'https://user@example.com/'],
	])('"%s" it says of %s', (sentence, text) => {
		expect(() => parsePhotoUrl(text)).toThrow(
			expect.objectContaining({ name: 'PhotoUrlError', message: sentence }),
		);
	});

	test('only just too long', () => {
		const address = (length: number) => 'https://example.com/'.padEnd(length, 'x');
		expect(parsePhotoUrl(address(8192)).href).toHaveLength(8192);
		expect(() => parsePhotoUrl(address(8193))).toThrow('too long');
	});

	test('a path without a base', () => {
		expect(() => parsePhotoUrl('/api/v2/photo')).toThrow(PhotoUrlError);
	});

	test('a path on a base that may not be fetched itself', () => {
		expect(() => parsePhotoUrl('/x', 'http://intranet.example.com')).toThrow(PhotoUrlError);
		expect(() => parsePhotoUrl('/x', 'about:blank')).toThrow(PhotoUrlError);
	});

	test('the message is a sentence without the address', () => {
		expect(() => parsePhotoUrl('http://example.com/?sig=secret')).toThrow(/^The address .*\.$/);
		expect(() => parsePhotoUrl('http://example.com/?sig=secret')).not.toThrow(/secret/);
	});
});

describe('a picture is the same', () => {
	const one = 'https://cdn.example/shoots/1/pfp.png?expires=1&signature=a';

	test.each([
		['signed anew', 'https://cdn.example/shoots/1/pfp.png?expires=2&signature=b'],
		['carried by the page’s server', `/api/v2/photo?u=${encodeURIComponent(one)}`],
		[
			'carried by the page’s server at an address with a host',
			`http://localhost:4173/api/v2/photo?u=${encodeURIComponent(one)}`,
		],
	])('%s', (_, address) => expect(pictureIdentity(address)).toBe(pictureIdentity(one)));

	test.each([
		'https://cdn.example/shoots/1/pfp2.png',
		'https://other.example/shoots/1/pfp.png',
		'',
		'http://[',
	])('but not %o', (address) => expect(pictureIdentity(address)).not.toBe(pictureIdentity(one)));
});
