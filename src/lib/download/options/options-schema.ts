import * as v from 'valibot';
import { presets } from './presets';
import { plainOptions, type DownloadOptions } from './options';

/** Sides of a square, in px, that make sense: an icon, and more than a headshot has. */
const SIDES = { min: 16, max: 4096 };

/** Below this JPEG shows blocks. */
const QUALITIES = { min: 0.4, max: 1 };

/** Smaller than any picture gets, and as much as a photo may weigh, in bytes. */
const BYTES = { min: 1000, max: 100_000_000 };

const number = ({ min, max }: { min: number; max: number }) =>
	v.pipe(v.number(), v.minValue(min), v.maxValue(max));

const schema: v.GenericSchema<unknown, DownloadOptions> = v.pipe(
	v.object({
		layout: v.picklist(['folders', 'flat-headshot', 'flat-pfp']),
		files: v.picklist(['both', 'headshots', 'pfps']),
		size: v.nullable(v.object({ side: v.pipe(number(SIDES), v.integer()), shape: v.literal('square') })),
		quality: number(QUALITIES),
		maxBytes: v.nullable(v.pipe(number(BYTES), v.integer())),
		index: v.boolean(),
		readme: v.boolean(),
		preset: v.nullable(v.picklist(presets.map(({ id }) => id))),
	}),
	v.check(fitsPreset),
);

/** A preset is made of the pictures that it can be made of. */
function fitsPreset({ layout, preset }: DownloadOptions): boolean {
	const layouts: readonly string[] | undefined = presets.find(({ id }) => id === preset)?.layouts;
	return layouts === undefined || layouts.includes(layout);
}

/** Options out of anything at all; `null` when it isn't options through and through. */
export function parseOptions(value: unknown): DownloadOptions | null {
	const result = v.safeParse(schema, value);
	return result.success ? result.output : null;
}

/** What was remembered as text; the plain options where that is missing, damaged or of another version. */
export function readOptions(text: string | null): DownloadOptions {
	return parseOptions(parseJson(text)) ?? { ...plainOptions };
}

/** `null` for what is no JSON. */
export function parseJson(text: string | null): unknown {
	try {
		return text === null ? null : JSON.parse(text);
	} catch {
		return null;
	}
}
