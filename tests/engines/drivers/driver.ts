/** One browser, whatever speaks to it. Everything else in these tests is the same for all of them. */
export interface Browser {
	/** As it calls itself. */
	version: string;
	/** Where it saves what the page hands over. */
	downloads: string;
	newTab(): Promise<Tab>;
	/** Ends it and starts it again on the same profile; tabs are gone. */
	restart(): Promise<void>;
	/** Ends it and all that it started. */
	close(): Promise<void>;
}

export interface Tab {
	/** The errors that page and console told of, where the browser tells them. */
	readonly complaints: string[];
	open(url: string): Promise<void>;
	reload(): Promise<void>;
	/**
	 * Runs a function in the page, or in its one frame of another site.
	 * @param work knows nothing but its arguments, which are JSON, as its answer is
	 */
	run<Args extends unknown[], Result>(
		work: (...args: Args) => Result | Promise<Result>,
		...args: Args
	): Promise<Result>;
	/** From now on, `run` is about the page's frame. */
	enterFrame(): Promise<void>;
	/** Presses the main button, as a person would, at a place of the page in CSS px. */
	press(x: number, y: number): Promise<void>;
	/** The page's own size, in CSS px. */
	resize(width: number, height: number): Promise<void>;
	/** A PNG of what is in sight. */
	picture(): Promise<Buffer>;
	close(): Promise<void>;
}

/** A function and its arguments as a script whose answer is JSON: what crosses the wire is text in every engine. */
export function scriptOf(work: (...args: never[]) => unknown, args: unknown[]): string {
	// The transpiler that runs these tests names inner functions by a helper that no page has.
	return `(async () => {
		const __name = (it) => it;
		const answer = await (${work.toString()})(...${JSON.stringify(args)});
		return JSON.stringify(answer ?? null);
	})()`;
}
