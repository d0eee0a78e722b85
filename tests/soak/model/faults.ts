import type { Random } from '../../backend/random.ts';
import type { Fault, FaultList } from '../../backend/stand-in.ts';

export type File = 'headshot' | 'pfp';

interface Kind {
	says: string;
	/** It is over before the page gives up. */
	heals: boolean;
	make(luck: Random): Fault;
}

const once = { tries: 1 };
const some = (luck: Random) => ({ tries: luck.between(1, 2) });

/** At most one for a file at a time, and two tries of five: so it is known whether the page can get over it. */
const kinds: readonly [Kind, ...Kind[]] = [
	{ says: 'cut', heals: true, make: (luck) => ({ kind: 'cut-length', ...some(luck) }) },
	{ says: 'cut in chunks', heals: true, make: (luck) => ({ kind: 'cut-chunked', ...some(luck) }) },
	{ says: 'short', heals: true, make: (luck) => ({ kind: 'cut-close', ...some(luck) }) },
	{ says: 'empty', heals: true, make: (luck) => ({ kind: 'empty', ...some(luck) }) },
	{ says: 'HTML', heals: true, make: (luck) => ({ kind: 'html', contentType: 'image/jpeg', ...some(luck) }) },
	{ says: '500', heals: true, make: (luck) => ({ kind: 'status', status: 500, ...some(luck) }) },
	{ says: '429, later', heals: true, make: () => ({ kind: 'status', status: 429, retryAfter: 1, ...once }) },
	{ says: '503', heals: true, make: (luck) => ({ kind: 'status', status: 503, ...some(luck) }) },
	{ says: 'reset', heals: true, make: (luck) => ({ kind: 'reset', ...some(luck) }) },
	{ says: 'stall', heals: true, make: () => ({ kind: 'stall', ...once }) },
	{ says: 'expired', heals: true, make: () => ({ kind: 'expired' }) },
	{ says: '401', heals: true, make: (luck) => ({ kind: 'status', status: 401, ...some(luck) }) },
	{ says: '403 for good', heals: false, make: () => ({ kind: 'status', status: 403 }) },
	{ says: '404 for good', heals: false, make: () => ({ kind: 'status', status: 404 }) },
	{ says: '500 for good', heals: false, make: () => ({ kind: 'status', status: 500 }) },
	{ says: 'HTML for good', heals: false, make: () => ({ kind: 'html' }) },
	{ says: 'cut for good', heals: false, make: () => ({ kind: 'cut-length' }) },
];

/** Of the API's answers; all of them heal. */
const apiKinds: readonly [Kind, ...Kind[]] = [
	{ says: '500', heals: true, make: () => ({ kind: 'status', status: 500, ...once }) },
	{ says: 'reset', heals: true, make: () => ({ kind: 'reset', ...once }) },
	{ says: 'cut', heals: true, make: () => ({ kind: 'cut-length', ...once }) },
	{
		says: '429',
		heals: true,
		make: () => ({ kind: 'status', status: 429, code: 'RATE_LIMIT_EXCEEDED', retryAfter: 1, ...once }),
	},
];

const calls = [/photos\/favorites$/, /\/team$/, /\/models$/, /\/invites$/, /\/organization$/] as const;

/** Which faults the backend has, and which of them last. */
export class FaultBook {
	readonly #list: FaultList;
	readonly #photos = new Map<string, { fault: Fault; heals: boolean }>();
	#api: Fault[] = [];
	#hold: Fault | null = null;
	/** Set so far. */
	made = 0;

	constructor(list: FaultList) {
		this.#list = list;
	}

	/** @returns what it is */
	setPhoto(shootId: string, file: File, luck: Random): string {
		const kind = luck.pick(kinds);
		this.#photos.set(`${shootId} ${file}`, {
			fault: { ...kind.make(luck), shootId, file },
			heals: kind.heals,
		});
		this.made++;
		this.#apply();
		return kind.says;
	}

	setApi(luck: Random): string {
		const kind = luck.pick(apiKinds);
		const api = luck.pick(calls);
		this.#api.push({ ...kind.make(luck), api });
		this.made++;
		this.#apply();
		return `${kind.says} of ${api.source}`;
	}

	/** Of the next answer alone, until `release`. */
	once(fault: Fault): void {
		this.made++;
		this.#list.add({ ...fault, tries: 1 });
	}

	/** This file won't come however often it is asked for. */
	lasts(shootId: string, file: File): boolean {
		return this.#photos.get(`${shootId} ${file}`)?.heals === false;
	}

	clear(): number {
		const count = this.#photos.size + this.#api.length;
		this.#photos.clear();
		this.#api = [];
		this.#apply();
		return count;
	}

	/** Lets go of what lasts, for some of these files or all. */
	heal(shootId: string, file: File): void {
		this.#photos.delete(`${shootId} ${file}`);
		this.#apply();
	}

	/** This photo trickles, too slowly to ever end and too steadily for a stall, until `release`. */
	hold(shootId: string, file: File): void {
		this.made++;
		this.#hold = { kind: 'slow', bytesPerSecond: 20, shootId, file };
		this.#apply();
	}

	/** How often that photo was asked for. */
	get held(): number {
		return this.#hold === null ? 0 : this.#list.hits(this.#hold);
	}

	release(): void {
		this.#hold = null;
		this.#apply();
	}

	/** A fault is known by its object: so its tries go on being counted. */
	#apply(): void {
		this.#list.clear();
		if (this.#hold) this.#list.add(this.#hold);
		this.#list.add(...this.#api, ...[...this.#photos.values()].map(({ fault }) => fault));
	}
}
