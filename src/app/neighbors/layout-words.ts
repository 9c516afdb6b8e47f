import type { ProjectInfo } from '../../model/map-data.ts';
import { DEFAULT_PARAMETERS } from '../../pipeline/layout.ts';
import { plural } from '../messages.ts';

const STARTS: Readonly<Record<string, string>> = {
  given: 'the map by shared words',
  pca: 'principal components',
  spectral: 'the eigenvectors of the graph',
};

/** A map's layout in the details card: engine, seed, and options that differ from the defaults. */
export function layoutValue(project: ProjectInfo): string {
  if (project.engine === 'given') return 'the places that came with the file';
  const parts = [project.engine === 'portolan' ? 'UMAP' : project.engine, `seed ${project.seed}`];
  const usual = DEFAULT_PARAMETERS;
  if (project.densMap) parts[0] = 'densMAP';
  if (project.start === 'pca' || project.start === 'spectral') parts.push(`${project.start} start`);
  if (project.neighbors !== usual.neighbors) parts.push(plural(project.neighbors, 'neighbour'));
  if (project.minDist !== usual.minDist) parts.push(`distance ${project.minDist}`);
  if (project.spread !== usual.spread) parts.push(`spread ${project.spread}`);
  if (project.metric && project.metric !== usual.metric) parts.push(project.metric);
  if (project.centre === false) parts.push('not centred');
  if (project.components) parts.push(plural(project.components, 'component'));
  if (project.whiten) parts.push('whitened');
  if (project.spaceDimensions) parts.push(`topics in ${project.spaceDimensions} dimensions`);
  return parts.join(', ');
}

/** The layout's main options in words. */
export function layoutWords({ engine, ...project }: ProjectInfo): string {
  if (engine === 'given') return 'nothing was laid out: the places came with the file';
  const { neighbors, minDist, spread, epochs, start, centre, densMap, filled } = project;
  const parts = [`${neighbors} neighbours`, `minimum distance ${minDist}`, `spread ${spread}`, plural(epochs, 'epoch')];
  const begun = start && STARTS[start];
  if (begun) parts.push(`begun on ${begun}`);
  if (filled) parts.push('turned, its islands moved and its ground stretched to fill the canvas');
  if (centre !== undefined) parts.push(centre ? 'centred' : 'not centred');
  if (densMap) parts.push(`densMAP of weight ${densMap.lambda} in the last ${densMap.fraction * 100} % of the epochs`);
  return parts.join(', ');
}
