import { expect, test } from 'vitest';
import { isForeignFrame } from '$lib/storage/partition';

const frame = (url: string, ...ancestorOrigins: string[]) => ({
	location: new URL(url) as unknown as Location,
	ancestorOrigins,
	isTop: false,
});

test('a page of its own is no frame', () => {
	expect(isForeignFrame({ ...frame('https://app.example.com/'), isTop: true })).toBe(false);
});

test('a frame in a page of its own site is at home there', () => {
	expect(isForeignFrame(frame('https://app.example.com/', 'https://app.example.com'))).toBe(false);
	expect(isForeignFrame(frame('https://app.example.com/', 'https://example.com'))).toBe(false);
	expect(isForeignFrame(frame('https://example.com:8443/', 'https://app.example.com'))).toBe(false);
});

test('any other site around it makes it foreign', () => {
	expect(isForeignFrame(frame('https://app.example.com/', 'https://other.com'))).toBe(true);
	expect(isForeignFrame(frame('https://app.example.com/', 'https://notexample.com'))).toBe(true);
	expect(isForeignFrame(frame('https://app.example.com/', 'http://app.example.com'))).toBe(true);
	const within = frame('https://app.example.com/', 'https://app.example.com', 'https://other.com');
	expect(isForeignFrame(within)).toBe(true);
	// A sandboxed page has no origin.
	expect(isForeignFrame(frame('https://app.example.com/', 'null'))).toBe(true);
});

test('where the browser does not say what is around, nobody knows', () => {
	const { location } = frame('https://app.example.com/');
	expect(isForeignFrame({ location, isTop: false })).toBeNull();
});
