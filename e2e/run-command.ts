import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../src/command/paths.mjs';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs one of `src/command/` as a person would, from another folder than the repository's. */
export function runCommand(name: string, cwd: string, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(ROOT, 'src/command', name), ...args], { cwd });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.on('close', (code) => resolve({ code, out, err }));
  });
}
