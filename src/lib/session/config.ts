import * as v from 'valibot';
import { defaultNetLimits } from '$lib/net/limits';
import { isLoopback } from '$lib/net/loopback';
import { FLUSH_BYTES, MEMORY_BYTES } from '$lib/zip/sizes';

/** Up to a day, and never zero where it would spin. */
const ms = v.pipe(v.number(), v.minValue(1), v.maxValue(24 * 3600_000));
const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100));

const { tries, pauses, backoffMs, backoffCapMs, pauseCapMs, stallMs, probeMs } = defaultNetLimits;

const schema = v.object({
	/** Where the backend is: a path on the page's own origin, or an absolute URL. */
	apiBase: v.optional(v.string(), '/api/v2'),
	/** What stands behind it. Shown on the page when it isn't simply the dashboard. */
	source: v.optional(
		v.object({ kind: v.picklist(['dashboard', 'gateway', 'stand-in']), label: v.string() }),
		{ kind: 'dashboard', label: 'HeadshotPro' },
	),
	/** How patient the client is. For hosts with unusual networks, and for tests. */
	limits: v.optional(
		v.object({
			concurrency: v.optional(v.pipe(count, v.maxValue(6)), 6),
			// Where an archive can't go into a file: what one browser packs in memory without dying.
			maxArchiveBytes: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(1e9)), 1e9),
			// A small team leaves no file behind; past it a file is quicker, and can be continued.
			memoryBytes: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(1e9)), MEMORY_BYTES),
			flushBytes: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(FLUSH_BYTES)), FLUSH_BYTES),
			tries: v.optional(count, tries),
			pauses: v.optional(count, pauses),
			backoffMs: v.optional(ms, backoffMs),
			backoffCapMs: v.optional(ms, backoffCapMs),
			pauseCapMs: v.optional(ms, pauseCapMs),
			stallMs: v.optional(ms, stallMs),
			probeMs: v.optional(ms, probeMs),
		}),
		{},
	),
});

export type Config = v.InferOutput<typeof schema>;

/** The settings that a host gave are wrong; its message is a sentence for that host. */
export class SettingsError extends Error {
	override name = 'SettingsError';
}

/**
 * Reads the page's settings.
 *
 * @param json the content of `<meta name="headshot-admin-config">`
 * @param origin the page's own
 * @returns with `apiBase` made absolute
 * @throws SettingsError
 */
export function readConfig(json: string, origin: string): Config {
	return parseConfig(parse(json), origin);
}

/** As `readConfig`, for settings that aren't JSON. @throws SettingsError */
export function parseConfig(settings: unknown, origin: string): Config {
	const config = v.safeParse(schema, settings);
	if (!config.success) {
		const where = config.issues[0].path?.map((part) => String(part.key)).join('.') ?? 'as a whole';
		throw wrong(where, config.issues[0].message);
	}
	const apiBase = URL.canParse(config.output.apiBase, origin) ? new URL(config.output.apiBase, origin) : null;
	if (!apiBase || !/^https?:$/.test(apiBase.protocol) || apiBase.username || apiBase.password) {
		throw wrong('apiBase', 'not a web address.');
	}
	// The page's own origin is as safe as the page; any other must be https, or this machine.
	if (apiBase.protocol !== 'https:' && apiBase.origin !== origin && !isLoopback(apiBase.hostname)) {
		throw wrong('apiBase', 'not https.');
	}
	// Paths are put behind it.
	if (/[?#]/.test(apiBase.href)) throw wrong('apiBase', 'has a "?" or "#".');
	return { ...config.output, apiBase: apiBase.href.replace(/\/+$/, '') };
}

/**
 * Tells apart where members come from, for what is kept of them. A dashboard's is its `apiBase`, whatever its label; the
 * page of `npm start` has made-up members and a real API's at the same address.
 */
export function sourceOf({ apiBase, source: { kind, label } }: Config): string {
	// No `apiBase` has a "#".
	return kind === 'dashboard' ? apiBase : `${apiBase}#${kind} ${label}`;
}

function wrong(where: string, why: string): SettingsError {
	return new SettingsError(`The page's settings are wrong (headshot-admin-config, ${where}): ${why}`);
}

function parse(json: string): unknown {
	try {
		return JSON.parse(json || '{}') as unknown;
	} catch {
		throw new SettingsError("The page's settings are not JSON (headshot-admin-config).");
	}
}
