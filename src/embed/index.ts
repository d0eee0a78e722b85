import { HeadshotAdmin } from './element';

/** Replaced by the build. */
const version = __VERSION__;

const known = customElements.get('headshot-admin') as
	(CustomElementConstructor & { version?: string }) | undefined;
if (known === undefined) {
	Object.defineProperty(HeadshotAdmin, 'version', { value: version });
	customElements.define('headshot-admin', HeadshotAdmin);
} else if (known !== HeadshotAdmin) {
	console.warn(
		`headshot-admin: the script was loaded twice; version ${known.version ?? 'unknown'} is in use, and ${version} is not. Remove one of them.`,
	);
}
