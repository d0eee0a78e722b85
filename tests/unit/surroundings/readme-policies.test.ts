import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { hostPolicy } from '../../host/policy.ts';

const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');

test('the policy that the README gives for hosts is the one that the browser tests run under', () => {
	const policy = hostPolicy({ script: null, api: null, photos: 'https://cdn.headshotpro.com' });
	expect(readme.split('\n').map((line) => line.trim())).toContain(policy);
});
