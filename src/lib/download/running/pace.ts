import type { JobProgress } from '$lib/download/contract';
import { UNKNOWN_PACE, type Pacing } from './job-view';
import { roundMinutes } from './time-left';

/** What was fetched this long ago, in s, still counts for a third: short bursts and gaps don't show. */
const MEMORY = 10;
/** Within so many s the time left follows a lasting change by two thirds. */
const DAMPING = 6;
/** The figures change once a second, in s: faster, they could not be read. */
const REFRESH = 1;
/** Before so many s, and before 5 % or 20 files, any figure would be a guess. */
const KNOWN_AFTER = 5;
const KNOWN_SHARE = 0.05;
const KNOWN_FILES = 20;
/** No news for longer, in s, was the computer's sleep and not the network. */
const LONGEST_GAP = 10;
/** Who would wait for more than a day is told nothing rather than a number that means nothing, in s. */
const LONGEST_LEFT = 86_400;

/** Follows one job's progress. Time that it stands still, or finds favorites, packs and checks, does not count. */
export class Pace {
	#last: { now: number; progress: JobProgress } | null = null;
	/** What was there when the first photo was asked for: an earlier run's files were not fetched in this one's time. */
	#base: JobProgress | null = null;
	#bytes = new Rate();
	#files = new Rate();
	/** Seconds that photos were being fetched, and those of them at the last reading. */
	#active = 0;
	#readAt = 0;
	/** Seconds left, damped. */
	#left: number | null = null;
	#reading: Pacing = UNKNOWN_PACE;

	/** The figures for the screen: the same object until they change. */
	get reading(): Pacing {
		return this.#reading;
	}

	/**
	 * Something has happened, or a second has passed in which nothing did.
	 * @param now ms on a clock that never goes back (`performance.now`)
	 */
	take(progress: JobProgress, now: number): void {
		const last = this.#last;
		this.#last = { now, progress };
		if (!moving(progress)) {
			this.#reading = UNKNOWN_PACE;
			return;
		}
		this.#base ??= progress;
		if (last === null || !moving(last.progress)) return;
		const seconds = Math.min(LONGEST_GAP, Math.max(0, (now - last.now) / 1000));
		this.#active += seconds;
		this.#bytes.take(Math.max(0, progress.bytes - last.progress.bytes), seconds);
		this.#files.take(Math.max(0, progress.filesDone - last.progress.filesDone), seconds);
		if (this.#active < REFRESH) return;
		if (this.#active - this.#readAt < REFRESH && this.#reading !== UNKNOWN_PACE) return;
		this.#read(progress, this.#active - this.#readAt);
		this.#readAt = this.#active;
	}

	#read(progress: JobProgress, seconds: number): void {
		const estimate = this.#estimate(progress);
		if (estimate === null) this.#left = null;
		else if (this.#left === null) this.#left = estimate;
		else {
			const counted = Math.max(0, this.#left - seconds);
			this.#left = counted + (estimate - counted) * (1 - Math.exp(-seconds / DAMPING));
		}
		const minutes = this.#left === null ? null : roundMinutes(this.#left / 60, this.#reading.minutes);
		this.#reading = { speed: this.#bytes.perSecond, minutes };
	}

	/** Seconds left, by bytes and by files alike: one big photo, or many that fail at once, mislead only one of them. */
	#estimate({ bytes, filesDone, filesTotal }: JobProgress): number | null {
		const done = filesDone - (this.#base?.filesDone ?? 0);
		const fetched = bytes - (this.#base?.bytes ?? 0);
		const enough = done >= KNOWN_FILES || done >= KNOWN_SHARE * filesTotal;
		if (this.#active < KNOWN_AFTER || done <= 0 || !enough) return null;
		const left = Math.max(0, filesTotal - filesDone);
		const byFiles = left / this.#files.perSecond;
		// Nothing but failures: there are no bytes to go by.
		const byBytes = fetched > 0 ? (left * (fetched / done)) / this.#bytes.perSecond : byFiles;
		const seconds = (byFiles + byBytes) / 2;
		return seconds <= LONGEST_LEFT ? seconds : null;
	}
}

/** An average a second that forgets slowly. */
class Rate {
	#sum = 0;
	/** How much of the memory is filled: the first seconds are not averaged with a past that never was. */
	#weight = 0;
	/** What came within no time at all goes to the next span. */
	#pending = 0;

	get perSecond(): number {
		return this.#weight === 0 ? 0 : this.#sum / this.#weight;
	}

	take(amount: number, seconds: number): void {
		this.#pending += amount;
		if (seconds <= 0) return;
		const kept = Math.exp(-seconds / MEMORY);
		this.#sum = this.#sum * kept + (this.#pending / seconds) * (1 - kept);
		this.#weight = this.#weight * kept + (1 - kept);
		this.#pending = 0;
	}
}

function moving({ phase, waiting }: JobProgress): boolean {
	return phase === 'fetching' && waiting === null;
}
