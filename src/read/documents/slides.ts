import type { Block, Document } from './document.ts';
import { openPackage, readXml } from './package.ts';
import { readProperties } from './properties.ts';

/** The text of a PowerPoint presentation, each slide below its title. Source: ECMA-376 part 1, 19. */
export function readSlides(bytes: ArrayBuffer): Document {
  const wanted = /^(?:ppt\/slides\/slide\d+\.xml|docProps\/core\.xml)$/u;
  const file = openPackage(bytes, 'this presentation', (name) => wanted.test(name));
  const { title, fields } = readProperties(file.part('docProps/core.xml'));
  const slides = file.names.filter((name) => /^ppt\/slides\/slide\d+\.xml$/u.test(name));
  const numberOf = (name: string): number => Number(/(\d+)\.xml$/u.exec(name)?.[1]);
  slides.sort((a, b) => numberOf(a) - numberOf(b));
  const blocks = slides.flatMap((name, i) => readSlide(file.part(name) ?? '', i + 1));
  return { title: title ?? blocks.find(({ level }) => level > 0)?.text ?? null, fields, blocks };
}

function readSlide(xml: string, line: number): Block[] {
  const paragraphs: string[] = [];
  let title = '';
  let words = '';
  let isTitle = false;
  let inText = false;
  readXml(xml, {
    open(name, attributes) {
      if (name === 'sp') isTitle = false;
      else if (name === 'ph') isTitle = /^(?:title|ctrTitle)$/u.test(attributes.get('type') ?? '');
      else if (name === 't') inText = true;
      else if (name === 'br') words += '\n';
    },
    close(name) {
      if (name === 't') inText = false;
      if (name !== 'p') return;
      const text = words.trim();
      words = '';
      if (text === '') return;
      if (isTitle) title = title === '' ? text : `${title} ${text}`;
      else paragraphs.push(text);
    },
    text(text) {
      if (inText) words += text;
    },
  });
  const body = paragraphs.join('\n');
  const heading = title === '' ? [] : [{ level: 2, text: title, raw: title, line }];
  return body === '' ? heading : [...heading, { level: 0, text: body, raw: body, line }];
}
