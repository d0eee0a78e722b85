import { describe, expect, test } from 'vitest';
import { firstRoute, readRoute, writeRoute } from '../../../src/embed/route';

describe('the element’s route', () => {
	for (const text of [
		'/headshots',
		'/headshots?team=t1&tab=finished&q=ada',
		'/members/m1?tab=headshots',
		'/members/a%2Fb?tab=profile-picture&shoot=s1',
	]) {
		test(`${text} is read and written back`, () => expect(writeRoute(readRoute(text)!)).toBe(text));
	}

	test('nothing, and a slash, are the list of all', () => {
		for (const text of ['', '/', 'headshots/']) expect(readRoute(text)).toEqual(firstRoute);
	});

	for (const text of [
		'/elsewhere',
		'/members/',
		'/members/a/b',
		'/members/%E0%A4%A',
		'https://example.com/',
	]) {
		test(`${text} is none`, () => expect(readRoute(text)).toBeNull());
	}
});
