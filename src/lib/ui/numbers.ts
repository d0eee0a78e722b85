import { inLocale } from './locale';

/** Of the words, which are English everywhere. */
const plural = new Intl.PluralRules('en-US');

/** 1234 → "1,234" */
export function formatNumber(value: number): string {
	return inLocale().number.format(value);
}

/** (1, 'file') → "1 file"; (1200, 'file') → "1,200 files" */
export function count(value: number, one: string, many = `${one}s`): string {
	return `${formatNumber(value)} ${plural.select(value) === 'one' ? one : many}`;
}

/** Bytes in decimal units, as file managers write them: 212_900_000 → "213 MB", 1_460_000_000 → "1.46 GB". */
export function formatBytes(bytes: number): string {
	const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
	let value = Math.max(0, Math.round(bytes));
	let step = 0;
	// From 999.5 on, rounding would write "1,000" of the smaller unit.
	while (value >= 999.5 && step < units.length - 1) {
		value /= 1000;
		step += 1;
	}
	return new Intl.NumberFormat(inLocale().locale, {
		style: 'unit',
		unit: units[step] ?? 'byte',
		unitDisplay: step === 0 ? 'long' : 'short',
		maximumSignificantDigits: value >= 1000 ? 4 : 3,
	}).format(value);
}
