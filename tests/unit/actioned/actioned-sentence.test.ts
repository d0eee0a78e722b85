import { expect, onTestFinished, test, vi } from 'vitest';
import { sentenceOf } from '$lib/actioned/sentence';
import { StorageError } from '$lib/storage/errors';

test('what the storage knows of is said in its words; a mistake of ours is logged, too', () => {
	const log = vi.spyOn(console, 'error').mockImplementation(() => {});
	onTestFinished(() => log.mockRestore());
	const full = new StorageError('full');
	expect(sentenceOf(full)).toBe(full.message);
	expect(log).not.toHaveBeenCalled();
	const mistake = new TypeError('x is not a function');
	expect(sentenceOf(mistake)).toMatch(/^The markers could not be kept\. .*\.$/);
	expect(log).toHaveBeenCalledWith(mistake);
});
