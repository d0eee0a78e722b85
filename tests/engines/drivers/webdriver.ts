import { setTimeout as sleep } from 'node:timers/promises';
import { scriptOf, type Tab } from './driver.ts';

/** WebDriver's classic commands, as far as these tests need them. https://www.w3.org/TR/webdriver2/ */
export class WebDriver {
	readonly #session: string;
	readonly capabilities: Record<string, unknown>;

	private constructor(session: string, capabilities: Record<string, unknown>) {
		this.#session = session;
		this.capabilities = capabilities;
	}

	/** @param server its address; it may be just starting */
	static async connect(server: string, capabilities: Record<string, unknown>): Promise<WebDriver> {
		await untilReady(server);
		const { sessionId, capabilities: given } = await ask<{
			sessionId: string;
			capabilities: Record<string, unknown>;
		}>('POST', `${server}/session`, { capabilities: { alwaysMatch: capabilities } });
		return new WebDriver(`${server}/session/${sessionId}`, given);
	}

	get<T>(command: string): Promise<T> {
		return ask('GET', `${this.#session}${command}`);
	}

	post<T>(command: string, body: Record<string, unknown> = {}): Promise<T> {
		return ask('POST', `${this.#session}${command}`, body);
	}

	async delete(command = ''): Promise<void> {
		await ask('DELETE', `${this.#session}${command}`);
	}
}

export class WebDriverTab implements Tab {
	/** The classic protocol doesn't tell what the console says. */
	readonly complaints: string[] = [];
	readonly #driver: WebDriver;
	readonly #handle: string;
	#inFrame = false;

	constructor(driver: WebDriver, handle: string) {
		this.#driver = driver;
		this.#handle = handle;
	}

	async open(url: string): Promise<void> {
		await this.#toFront();
		await this.#driver.post('/url', { url });
	}

	async reload(): Promise<void> {
		await this.#toFront();
		await this.#driver.post('/refresh');
	}

	async run<Args extends unknown[], Result>(
		work: (...args: Args) => Result | Promise<Result>,
		...args: Args
	): Promise<Result> {
		await this.#toFront();
		const script = `const done = arguments[0];
			${scriptOf(work, args)}.then((answer) => done({ answer }), (error) => done({ error: String(error) }));`;
		const { answer, error } = await this.#driver.post<{ answer?: string; error?: string }>('/execute/async', {
			script,
			args: [],
		});
		if (error !== undefined) throw new Error(error);
		return JSON.parse(answer!) as Result;
	}

	async enterFrame(): Promise<void> {
		await this.#toFront();
		await this.#driver.post('/frame', { id: 0 });
		this.#inFrame = true;
	}

	async press(x: number, y: number): Promise<void> {
		await this.#toFront();
		const actions = [
			{ type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0, origin: 'viewport' },
			{ type: 'pointerDown', button: 0 },
			{ type: 'pointerUp', button: 0 },
		];
		await this.#driver.post('/actions', {
			actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }],
		});
	}

	async resize(width: number, height: number): Promise<void> {
		await this.#toFront();
		const rect = () => this.#driver.post<unknown>('/window/rect', { width, height });
		await rect();
		const sizes = () =>
			this.run(() => [
				[innerWidth, innerHeight],
				[outerWidth, outerHeight],
			]);
		let [inner, outer] = await sizes();
		// A window that has just become narrower may still have the page of before.
		for (let tries = 0; inner![0]! > outer![0]! && tries < 100; tries++) {
			await sleep(50);
			[inner, outer] = await sizes();
		}
		// What is around the page takes its share.
		width += outer![0]! - inner![0]!;
		height += outer![1]! - inner![1]!;
		await rect();
	}

	async picture(): Promise<Buffer> {
		await this.#toFront();
		return Buffer.from(await this.#driver.get<string>('/screenshot'), 'base64');
	}

	async close(): Promise<void> {
		await this.#toFront();
		await this.#driver.delete('/window');
	}

	/** A session speaks to one window at a time; choosing one leaves its frames. */
	async #toFront(): Promise<void> {
		if (!this.#inFrame) await this.#driver.post('/window', { handle: this.#handle });
	}
}

async function untilReady(server: string): Promise<void> {
	for (let tries = 0; tries < 200; tries++) {
		const status = await ask<{ ready: boolean }>('GET', `${server}/status`).catch(() => null);
		if (status?.ready) return;
		await sleep(50);
	}
	throw new Error('The WebDriver server did not start.');
}

async function ask<T>(method: string, url: string, body?: unknown): Promise<T> {
	const response = await fetch(url, {
		method,
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
		headers: { 'content-type': 'application/json', connection: 'close' },
	});
	const { value } = (await response.json()) as { value: T };
	if (!response.ok) {
		const { error, message } = value as { error: string; message: string };
		throw new Error(
			`WebDriver ${method} ${new URL(url).pathname.split('/').slice(3).join('/')}: ${error}: ${message}`,
		);
	}
	return value;
}
