// biome-ignore-all lint/a11y/noAriaHiddenOnFocusable: it takes parts of a picture for focusable
import { useMemo } from 'preact/hooks';
import type { Locale } from '~/i18n/locale.ts';
import type { AtlasModel } from './atlas.ts';
import { type Architecture, MARKS } from './names.ts';
import { nearest, placeLabels, stepped, yearOf } from './plot.ts';
import { amount } from './print.ts';
import { useInSight } from './useInSight.ts';
import { modelsWords } from './words.ts';

interface Props {
  locale: Locale;
  models: readonly AtlasModel[];
  /** The model whose details are open: the one pointed at, else the chosen one. */
  shown: string;
  chosen: string;
  compared: readonly string[];
  onPoint: (id: string | undefined) => void;
  onShow: (id: string) => void;
  /** Enter: shows it and goes to its details. */
  onOpen: (id: string) => void;
}

interface Point {
  id: string;
  label: string;
  family: string;
  kind: Architecture;
  /** Name, month and size, as it is read out. */
  heard: string;
  x: number;
  y: number;
  /** Height of the parameters that one token uses, where these are fewer. */
  activeY: number | undefined;
  landmark: boolean;
}

const WIDTH = 980;
const HEIGHT = 600;
const BOX = { left: 52, right: WIDTH - 14, top: 26, bottom: HEIGHT - 34 };
const YEARS = [2015.5, 2026.7] as const;
const SIZES = [1e7, 4e12] as const;
/** A finger's reach around a mark, in units of the picture. */
const REACH = 28;

const x = (year: number): number =>
  BOX.left + ((year - YEARS[0]) / (YEARS[1] - YEARS[0])) * (BOX.right - BOX.left);
const y = (size: number): number =>
  BOX.bottom - (Math.log(size / SIZES[0]) / Math.log(SIZES[1] / SIZES[0])) * (BOX.bottom - BOX.top);

/**
 * Models by month and size. The whole picture is the pointer's target: the nearest mark answers.
 * For the keyboard it is one tab stop, from which the arrows go from mark to mark.
 */
export function Scatter(props: Props) {
  const { locale, models, shown, chosen, compared, onPoint, onShow, onOpen } = props;
  const t = modelsWords(locale);
  const points = useMemo(() => pointsOf(models), [models]);
  const still = useMemo(() => <Still points={points} chosen={chosen} />, [points, chosen]);
  const labels = useMemo(() => {
    const weight = ({ id, landmark }: Point): number =>
      compared.includes(id) ? 0 : landmark ? 1 : 2;
    const order = [...points].sort((a, b) => weight(a) - weight(b));
    const active = points.flatMap(({ activeY, ...point }) =>
      activeY === undefined ? [] : [{ ...point, y: activeY }],
    );
    return placeLabels(order, [...points, ...active], { ...BOX, left: BOX.left + 2 });
  }, [points, compared.join()]);
  const named = new Map(points.map(({ id, label }) => [id, label]));
  const found = points.find(({ id }) => id === shown);
  const place = points.find(({ id }) => id === chosen)?.x;
  const picture = useInSight(place === undefined ? undefined : place / WIDTH);
  const at = (event: PointerEvent | MouseEvent): Point | undefined => {
    const edges = picture.current?.getBoundingClientRect();
    if (!edges) return undefined;
    const scale = WIDTH / edges.width;
    return nearest(
      points,
      (event.clientX - edges.left) * scale,
      (event.clientY - edges.top) * scale,
      REACH,
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = stepped(points, found, event.key);
    if (next) {
      onPoint(next.id);
      const mark = document.getElementById(markId(next.id));
      mark?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    } else if (event.key === 'Enter' && found) onOpen(found.id);
    else if (event.key === 'Escape') onPoint(undefined);
    else return;
    event.preventDefault();
  };
  return (
    <div
      class="scroll"
      role="listbox"
      tabIndex={0}
      aria-label={t.chart(points.length)}
      aria-activedescendant={found && markId(found.id)}
      onKeyDown={onKeyDown}
      onBlur={() => onPoint(undefined)}
      onPointerMove={(event) => {
        if (event.pointerType === 'mouse') onPoint(at(event)?.id);
      }}
      onPointerLeave={() => onPoint(undefined)}
      onClick={(event) => {
        const hit = at(event);
        if (hit) onShow(hit.id);
      }}
    >
      <svg ref={picture} class="atlas-scatter" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="none">
        <text x={BOX.left - 44} y={14} class="atlas-tick" aria-hidden="true">
          {t.axisY}
        </text>
        {still}
        <g aria-hidden="true">
          {labels
            .filter((label) => label.id !== shown)
            .map((label) => (
              <text key={label.id} x={label.x} y={label.y} class={`atlas-label ${label.anchor}`}>
                {named.get(label.id)}
              </text>
            ))}
          {found && <Found point={found} points={points} />}
        </g>
      </svg>
    </div>
  );
}

const markId = (id: string): string => `atlas-mark-${id}`;

function pointsOf(models: readonly AtlasModel[]): Point[] {
  return models.flatMap(
    ({ id, name, family, architecture, released, sizes: [largest], landmark }) =>
      largest
        ? [
            {
              id,
              label: name.replace(/ \(.*\)$/, ''),
              family,
              kind: architecture,
              heard: `${name}, ${released}, ${amount(largest.total)}`,
              x: x(yearOf(released)),
              y: y(largest.total),
              activeY: largest.active < largest.total ? y(largest.active) : undefined,
              landmark,
            },
          ]
        : [],
  );
}

/** What does not follow the pointer. */
function Still({ points, chosen }: { points: readonly Point[]; chosen: string }) {
  const families = new Set(points.map(({ family }) => family));
  return (
    <>
      <g aria-hidden="true">
        {Array.from({ length: 11 }, (_, i) => 2016 + i).map((year) => (
          <g key={year}>
            <path d={`M${x(year)} ${BOX.top} V${BOX.bottom}`} class="atlas-rule" />
            <text x={x(year)} y={BOX.bottom + 20} class="atlas-tick middle">
              {year}
            </text>
          </g>
        ))}
        {[1e7, 1e8, 1e9, 1e10, 1e11, 1e12].map((size) => (
          <g key={size}>
            <path d={`M${BOX.left} ${y(size)} H${BOX.right}`} class="atlas-rule" />
            <text x={BOX.left - 8} y={y(size) + 4} class="atlas-tick end">
              {amount(size)}
            </text>
          </g>
        ))}
        {[...families].map((family) => (
          <path
            key={family}
            d={pathOf(points.filter((point) => point.family === family))}
            class="atlas-family"
          />
        ))}
      </g>
      {points.map((point) => (
        <g
          key={point.id}
          id={markId(point.id)}
          role="option"
          aria-label={point.heard}
          aria-selected={point.id === chosen}
          lang="en"
          data-kind={point.kind}
        >
          {point.activeY !== undefined && (
            <>
              <path d={`M${point.x} ${point.y} V${point.activeY}`} class="atlas-moe" />
              <path
                d={MARKS[point.kind]}
                class="atlas-mark"
                transform={`translate(${point.x} ${point.activeY})`}
              />
            </>
          )}
          <path
            d={MARKS[point.kind]}
            class={point.activeY === undefined ? 'atlas-mark' : 'atlas-mark hollow'}
            transform={`translate(${point.x} ${point.y})`}
          />
        </g>
      ))}
    </>
  );
}

/** The open model: ringed, named, its family's line drawn strong. */
function Found({ point, points }: { point: Point; points: readonly Point[] }) {
  const family = points.filter(({ family: name }) => name === point.family);
  const isRight = point.x > WIDTH * 0.8;
  return (
    <g class="atlas-found">
      <path d={pathOf(family)} />
      <circle cx={point.x} cy={point.y} r="11" />
      <text x={point.x + (isRight ? -15 : 15)} y={point.y + 5} class={isRight ? 'end' : ''}>
        {point.label}
      </text>
    </g>
  );
}

function pathOf(members: readonly Point[]): string {
  return members
    .map((point, i) => `${i === 0 ? 'M' : 'L'}${point.x.toFixed(1)} ${point.y.toFixed(1)}`)
    .join(' ');
}
