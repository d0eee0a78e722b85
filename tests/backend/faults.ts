/** Which request each fault hits, and how often. */

import type { Company } from './company.ts';
import type { Fault, FaultOf, Target, WireFault } from './fault-kinds.ts';
import type { Host, PhotoFile } from './log.ts';

/** What a request is about, as far as its path tells. */
export interface Subject {
	host: Host;
	path: string;
	shootId?: string | undefined;
	file?: PhotoFile | undefined;
}

export class FaultList {
	readonly #company: Company;
	#faults: Fault[] = [];
	#hits = new WeakMap<Fault, Map<string, number>>();

	constructor(company: Company, faults: Fault[] = []) {
		this.#company = company;
		this.#faults.push(...faults);
	}

	add(...faults: Fault[]): void {
		this.#faults.push(...faults);
	}

	clear(): void {
		this.#faults = [];
	}

	/** How many requests a fault has hit so far. */
	hits(fault: Fault): number {
		return [...(this.#hits.get(fault)?.values() ?? [])].reduce((sum, count) => sum + count, 0);
	}

	/** The first fault for a request's answer; counts as one of its tries. */
	takeWire(subject: Subject): (Target & WireFault) | undefined {
		return this.#faults
			.filter(isWire)
			.find((fault) => this.#hitsHost(fault, subject) && this.#take(fault, subject));
	}

	/** The URL to hand out instead of a photo's own. */
	takeUrl(subject: Subject): string | undefined {
		const fault = this.#faults
			.filter((one) => one.kind === 'wrong-url')
			.find((one) => this.#about(one, subject) && this.#take(one, subject));
		return fault?.url;
	}

	/** Every edit of an API answer. */
	takeEdits(subject: Subject): FaultOf<'replace-json'>[] {
		return this.#faults
			.filter((one) => one.kind === 'replace-json')
			.filter(
				(one) => (one.api ?? /^/).test(subject.path) && this.#about(one, subject) && this.#take(one, subject),
			);
	}

	#hitsHost(fault: Fault, subject: Subject): boolean {
		const right = fault.api
			? subject.host === 'api' && fault.api.test(subject.path)
			: subject.host === 'photo';
		return right && this.#about(fault, subject);
	}

	#about(fault: Fault, { shootId, file }: Subject): boolean {
		if (fault.file !== undefined && fault.file !== file) return false;
		if (fault.shootId !== undefined && fault.shootId !== shootId) return false;
		if (fault.email === undefined) return true;
		return shootId !== undefined && this.#company.shoot(shootId)?.email === fault.email;
	}

	#take(fault: Fault, subject: Subject): boolean {
		const each = fault.each ?? fault.kind === 'expired';
		const tries = fault.tries ?? (fault.kind === 'expired' ? 1 : Infinity);
		const counts = this.#hits.get(fault) ?? new Map<string, number>();
		this.#hits.set(fault, counts);
		const key = each ? subject.path : '';
		const count = counts.get(key) ?? 0;
		if (count >= tries) return false;
		counts.set(key, count + 1);
		return true;
	}
}

function isWire(fault: Fault): fault is Target & WireFault {
	return fault.kind !== 'wrong-url' && fault.kind !== 'replace-json';
}
