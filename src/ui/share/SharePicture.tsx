import { useEffect, useRef, useState } from 'react';
import { DEFAULT_PICTURE, type PictureOptions } from '../../app/maps/picture-options.ts';
import { asSentence, countOf } from '../../app/messages.ts';
import type { Theme } from '../../app/settings.ts';
import type { Composed } from '../../export/picture/compose.ts';
import type { Noun } from '../../model/noun.ts';
import { useApp, useNoun } from '../app-context.ts';
import { Button } from '../controls/Button.tsx';
import { Choice } from '../controls/Choice.tsx';
import { Toggle } from '../controls/Toggle.tsx';
import { useTheme } from '../use-theme.ts';

const SHAPES = [
  { value: 'wide', label: 'Slide, 16:9' },
  { value: 'square', label: 'Square' },
  { value: 'a4-landscape', label: 'A4, landscape' },
  { value: 'a4-portrait', label: 'A4, portrait' },
] as const;
const NAMES = [
  { value: 'top', label: 'Of topics' },
  { value: 'more', label: 'Of topics and their parts' },
  { value: 'none', label: 'None' },
] as const;
const PARTS = [
  { value: 'whole', label: 'The whole map' },
  { value: 'view', label: 'What is in view now' },
] as const;
const THEMES = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;
const SCALES = ['1', '2', '3', '4'].map((value) => ({ value, label: `${value}×` }));

/** A picture of the map for slides, papers and print, with its preview. */
export function SharePicture() {
  const { exporting } = useApp();
  const [theme, setTheme] = useState<Theme>(useTheme());
  const [scale, setScale] = useState('2');
  const [options, setOptions] = useState<PictureOptions>(DEFAULT_PICTURE);
  const change = (to: Partial<PictureOptions>): void => setOptions((before) => ({ ...before, ...to }));
  const save = (format: 'png' | 'svg'): void =>
    void exporting.exportMap({ format, scale: Number(scale), onlyFound: false, theme, picture: options });
  return (
    <>
      <PicturePreview theme={theme} options={options} />
      <div className="share-choices">
        <Pick label="Shape" value={options.shape} options={SHAPES} onPick={(shape) => change({ shape })} />
        <Pick label="Shows" value={options.shows} options={PARTS} onPick={(shows) => change({ shows })} />
        <Pick label="Names" value={options.names} options={NAMES} onPick={(names) => change({ names })} />
        <Pick label="Theme" value={theme} options={THEMES} onPick={setTheme} />
        <Choice label="Size" value={scale} options={SCALES} onChange={setScale} />
      </div>
      <div className="share-choices">
        <Text label="Title" value={options.title} onChange={(title) => change({ title })} />
        <Text label="Subtitle" value={options.subtitle} onChange={(subtitle) => change({ subtitle })} />
        <Text label="Source" value={options.source} onChange={(source) => change({ source })} />
      </div>
      <div className="share-choices">
        <Toggle isOn={options.hasContours} onChange={(hasContours) => change({ hasContours })}>
          Contours
        </Toggle>
        <Toggle isOn={options.hasLegend === true} onChange={(isOn) => change({ hasLegend: isOn ? true : null })}>
          Legend even where names say it
        </Toggle>
        <Toggle isOn={options.isTransparent} onChange={(isTransparent) => change({ isTransparent })}>
          Transparent background
        </Toggle>
      </div>
      <div className="share-saves">
        <Button kind="main" onClick={() => save('png')}>
          Save PNG
        </Button>
        <Button onClick={() => save('svg')}>Save SVG</Button>
      </div>
    </>
  );
}

/** Longest side of the preview's canvas, device pixels: twice what the dialog shows. */
const PREVIEW_PX = 1440;

/** The sheet as it will be saved, and in words what it lacks. */
function PicturePreview({ theme, options }: { readonly theme: Theme; readonly options: PictureOptions }) {
  const { exporting } = useApp();
  const noun = useNoun();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [made, setMade] = useState<Composed | null>(null);
  const [failure, setFailure] = useState('');
  useEffect(() => {
    let isWanted = true;
    exporting.picture(theme, options).then(
      (composed) => {
        if (!isWanted) return;
        setFailure('');
        setMade(composed);
      },
      (error: unknown) => isWanted && setFailure(asSentence(error instanceof Error ? error.message : String(error))),
    );
    return () => {
      isWanted = false;
    };
  }, [exporting, theme, options]);
  useEffect(() => {
    const element = canvas.current;
    if (!made || !element) return;
    const { widthPx, heightPx } = made.sheet;
    const scale = PREVIEW_PX / Math.max(widthPx, heightPx);
    element.width = Math.round(widthPx * scale);
    element.height = Math.round(heightPx * scale);
    void exporting.paint(element, made.sheet, scale);
  }, [exporting, made]);
  const shape = made && made.sheet.heightPx > made.sheet.widthPx ? 'tall' : 'wide';
  return (
    <figure className="share-picture" data-shape={shape} data-ready={made !== null}>
      <canvas ref={canvas} role="img" aria-label="Preview of the picture" />
      <figcaption className="quiet" role="status">
        {failure !== '' ? failure : made ? lacks(made, noun) : 'Laying out the picture…'}
      </figcaption>
    </figure>
  );
}

function lacks({ unnamed, outside }: Composed, noun: Noun): string {
  return [
    ...(unnamed.length > 0
      ? [
          `No room for ${countOf(unnamed.length, { one: 'name', many: 'names' })}: ${unnamed.slice(0, 3).join(', ')}${unnamed.length > 3 ? ' and others' : ''}.`,
        ]
      : []),
    ...(outside > 0 ? [`${countOf(outside, noun)} lie outside this part of the map.`] : []),
  ].join(' ');
}

interface PickProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onPick: (value: Value) => void;
}

function Pick<Value extends string>({ label, value, options, onPick }: PickProps<Value>) {
  const onChange = (chosen: string): void => {
    const option = options.find((one) => one.value === chosen);
    if (option) onPick(option.value);
  };
  return <Choice label={label} value={value} options={options} onChange={onChange} />;
}

interface TextProps {
  readonly label: string;
  /** Null for the map's own. */
  readonly value: string | null;
  readonly onChange: (value: string) => void;
}

function Text({ label, value, onChange }: TextProps) {
  return (
    <label className="share-field">
      {label}
      <input
        type="text"
        value={value ?? ''}
        maxLength={200}
        placeholder={value === null ? 'the map’s own' : 'none'}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  );
}
