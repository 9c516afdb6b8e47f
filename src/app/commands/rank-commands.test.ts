import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankCommands } from './rank-commands.ts';

const command = (label: string, group = 'Action') => ({ id: `${group}:${label}`, label, group });
const COMMANDS = [
  command('Open map…'),
  command('Save map'),
  command('Show all'),
  command('Map of Pokémon', 'Topic'),
  command('Dark', 'Theme'),
  command('Topic', 'Colour by'),
];
const found = (query: string, recent: string[] = []): string[] =>
  rankCommands(COMMANDS, query, recent).map(({ label }) => label);

describe('commands', () => {
  it('are found by the beginnings of their words, the best first', () => {
    expect(found('map')).toEqual(['Map of Pokémon', 'Open map…', 'Save map']);
    expect(found('sa ma')).toEqual(['Save map']);
    expect(found('ap')).toEqual(['Open map…', 'Save map', 'Map of Pokémon']);
    expect(found('POKEMON')).toEqual(['Map of Pokémon']);
    expect(found('colour top')).toEqual(['Topic']);
    expect(found('theme')).toEqual(['Dark']);
    expect(found('zzz')).toEqual([]);
  });

  it('come in order of last use where they are equally good, or nothing is asked', () => {
    expect(found('map', ['Action:Save map', 'Action:Open map…'])).toEqual(['Map of Pokémon', 'Save map', 'Open map…']);
    expect(found('', ['Theme:Dark', 'Action:Show all']).slice(0, 3)).toEqual(['Dark', 'Show all', 'Open map…']);
    expect(found('  ')).toEqual(COMMANDS.map(({ label }) => label));
  });

  it('are each given once, and none that lacks a word', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 6 }), (query) => {
        const labels = found(query);
        expect(new Set(labels).size).toBe(labels.length);
      }),
    );
  });

  it('finds a command by other words for it, behind those that have the word in their label', () => {
    const commands = [
      { id: 'share', label: 'Share…', group: 'Action', words: 'send link download' },
      { id: 'load', label: 'Download all', group: 'Action' },
    ];
    const found = (query: string): string[] => rankCommands(commands, query, []).map(({ id }) => id);
    expect(found('send')).toEqual(['share']);
    expect(found('down')).toEqual(['load', 'share']);
    expect(found('sent')).toEqual([]);
  });
});
