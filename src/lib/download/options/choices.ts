import { formatBytes } from '$lib/ui/numbers';
import { presetOf, presets } from './presets';
import type { DownloadOptions, Layout } from './options';

/*
 * What the options dialog offers, in its words. Values are texts, as a `select` has them; '' stands for `null`.
 */

export interface Choice {
	value: string;
	label: string;
}

export const systems: Choice[] = [
	{ value: '', label: 'Anything' },
	...presets.map(({ id, name }) => ({ value: id, label: name })),
];

const layouts: Record<Layout, string> = {
	folders: 'Folder per member',
	'flat-headshot': 'Flat: headshots by e-mail',
	'flat-pfp': 'Flat: PFPs by e-mail',
};

const pictures: Record<Layout, string> = {
	folders: '',
	'flat-headshot': 'Headshot, cut to shape',
	'flat-pfp': 'Profile picture',
};

/** How the archive may be laid out, or of which picture it may be made where a preset lays it out. */
export function layoutChoices(preset: string | null): { value: Layout; label: string }[] {
	const demands = presetOf(preset);
	if (demands) return demands.layouts.map((value) => ({ value, label: pictures[value] }));
	return (Object.keys(layouts) as Layout[]).map((value) => ({ value, label: layouts[value] }));
}

export const fileChoices: { value: DownloadOptions['files']; label: string }[] = [
	{ value: 'both', label: 'Headshots and PFPs' },
	{ value: 'headshots', label: 'Headshots only' },
	{ value: 'pfps', label: 'PFPs only' },
];

const SIDES = [1024, 800, 640, 600, 512, 400, 300, 256, 192, 128, 96];

/** Sides of a square. @param side the one that is chosen, in px; `null` for none */
export function sizeChoices(side: number | null): Choice[] {
	return [
		{ value: '', label: 'As they are' },
		...withCurrent(SIDES, side).map((px) => ({
			value: String(px),
			label: `Square, up to ${px} px`,
		})),
	];
}

const QUALITIES = [0.95, 0.85, 0.75, 0.6];

/** Of what is encoded here. @param quality the one that is chosen, 0 to 1 */
export function qualityChoices(quality: number): Choice[] {
	const words: Record<string, string> = { 0.95: 'Best', 0.85: 'Good', 0.75: 'Small', 0.6: 'Smallest' };
	return withCurrent(QUALITIES, quality).map((value) => ({
		value: String(value),
		label: [words[value], `${Math.round(value * 100)} %`].filter(Boolean).join(', '),
	}));
}

const WEIGHTS = [10_000_000, 5_000_000, 2_000_000, 1_000_000, 500_000, 100_000];

/** Of the largest file. @param maxBytes the one that is chosen, in bytes; `null` for none */
export function weightChoices(maxBytes: number | null): Choice[] {
	return [
		{ value: '', label: 'Any' },
		...withCurrent(WEIGHTS, maxBytes).map((bytes) => ({
			value: String(bytes),
			label: `Up to ${formatBytes(bytes)}`,
		})),
	];
}

/** A profile may hold what this version no longer offers. */
function withCurrent(values: readonly number[], current: number | null): number[] {
	const all = current === null || values.includes(current) ? [...values] : [...values, current];
	return all.sort((one, other) => other - one);
}
