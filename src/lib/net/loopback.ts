/** Whether it is this machine. `hostname` as the URL parser writes it: `127.1` and `0x7f.0.0.1` are 127.0.0.1 by then. */
export function isLoopback(hostname: string): boolean {
	return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/u.test(hostname);
}
