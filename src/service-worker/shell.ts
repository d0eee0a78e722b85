/** Whether this is the HTML of this very version: all scripts that it asks for are of its build. */
export function isShell(html: string, own: ReadonlySet<string>): boolean {
	const asked = [...html.matchAll(/["'(]([^"'()\s]*\/_app\/immutable\/[^"'()\s]+)["')]/g)].map(
		([, path = '']) => path,
	);
	return asked.length > 0 && asked.every((path) => own.has(path));
}

/** The workers, and their parts, that a script names: paths as it writes them, from the root or from its own place. */
export function referencesIn(script: string): string[] {
	const names = script.matchAll(/["'`]((?:\/[^"'`\s]*\/_app\/immutable\/workers\/|\.\/)[\w.$-]+\.js)["'`]/g);
	return [...new Set([...names].map(([, path = '']) => path))];
}
