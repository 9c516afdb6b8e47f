import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

const XVFB = ['/usr/bin/Xvfb', '/usr/local/bin/Xvfb'];

/** Whether a browser can have a window here: on the machine's own screen, or on one that nobody sees. */
export function findScreen() {
  return Boolean(process.env.DISPLAY) || XVFB.some((path) => existsSync(path));
}

/**
 * The machine's own screen, or else one that nobody sees (Xvfb).
 * @returns {Promise<{ name: string, end: () => void }>} rejects where there is neither
 */
export function openScreen() {
  const own = process.env.DISPLAY;
  if (own) return Promise.resolve({ name: own, end: () => undefined });
  const executable = XVFB.find((path) => existsSync(path));
  if (!executable) return Promise.reject(new Error('There is no screen, and no Xvfb to make one.'));
  const args = ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'];
  const server = spawn(executable, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.on('exit', () => reject(new Error('Xvfb ended at once.')));
    server.stdio[3]?.on('data', (bytes) => resolve({ name: `:${String(bytes).trim()}`, end: () => server.kill() }));
  });
}
