import { afterEach, expect, test, vi } from 'vitest';
import { exportFilename } from '$lib/csv/filename';
import { isoDate } from '$lib/ui/iso-date';

afterEach(() => vi.unstubAllEnvs());

test.each([
	['America/Los_Angeles', '2026-11-01'],
	['UTC', '2026-11-02'],
	['Pacific/Kiritimati', '2026-11-02'],
])('a date is the day of the admin’s own calendar: %s', (zone, day) => {
	vi.stubEnv('TZ', zone);
	expect(isoDate(Date.UTC(2026, 10, 2, 3))).toBe(day);
	expect(exportFilename(Date.UTC(2026, 10, 2, 3))).toBe(`members-${day}.csv`);
});
