import { type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react'
import { formatCount, formatNumber } from '../platform/format.ts'
import { Button } from './button.tsx'
import { Notice, Skeleton } from './feedback.tsx'
import type { DrawnMap } from './map-canvas.ts'
import type { Contour, MapArea, MapFrame, MapPlace, MapPoint, MapTone } from './map-shapes.ts'
import './map.css'

interface AreaValue {
  readonly territoryId: number
  readonly label: string
  readonly value?: number | null
}

export interface PlaceMapProps {
  /** What it shows: the name of the map for those who do not see it. */
  label: string
  points?: readonly MapPoint[]
  /** The meaning of each colour of point, when there are several. */
  tones?: Partial<Record<MapTone, string>>
  /** The points in the order one goes, a line between them: each is shown, never together. */
  way?: boolean
  selected?: string | undefined
  onSelect?: (id: string) => void
  /** The point under the pointer; undefined when it leaves. */
  onHover?: (id: string | undefined) => void
  /** What the map shows, after each move. */
  onMoved?: (frame: MapFrame) => void
  /** Held: the map shows this, whatever the points in it. */
  frame?: MapFrame | undefined
  /** Drawn under the points; null while they are read. `web/territory-and-register/territories/territory-map.tsx` reads them. */
  contours?: readonly Contour[] | null
  /** Who made the contours, and under which licence. */
  credits?: readonly string[]
  /** Names written where no contour carries them. */
  places?: readonly MapPlace[]
  /** Territories coloured by value. A contour takes the colour of its own territory, or of the one it is part of. */
  areas?: readonly AreaValue[]
  /** Title of the legend of `areas`, with the unit. */
  legend?: string
  formatValue?: (value: number) => string
  onSelectArea?: (territoryId: number) => void
  height?: 'short' | 'medium' | 'tall'
  children?: ReactNode
}

const levels = 5
/** Steps of equal width between the smallest and the largest value; one step when all are equal. */
const stepsOf = (areas: readonly AreaValue[]) => {
  const values = areas.flatMap(({ value }) => (value === null || value === undefined ? [] : [value]))
  if (!values.length) return undefined
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const width = (high - low) / levels
  return {
    low,
    high,
    levelOf: (value: number) => (width === 0 ? levels - 1 : Math.min(levels - 1, Math.floor((value - low) / width))),
    from: (level: number) => low + level * width,
  }
}
type Steps = NonNullable<ReturnType<typeof stepsOf>>

/**
 * The one map of the product. Never the only way to what it shows: the page beside it holds the same things as text.
 * Contours are those that were imported (`npm run import -- contours`); without any, over names of communes.
 */
export const PlaceMap = ({
  label,
  points = none,
  tones,
  way = false,
  selected,
  onSelect,
  onHover,
  onMoved,
  frame,
  contours: ground = none,
  places = none,
  credits = none,
  areas,
  legend,
  formatValue = formatNumber,
  onSelectArea,
  height = 'medium',
  children,
}: PlaceMapProps) => {
  const container = useRef<HTMLDivElement>(null)
  const drawn = useRef<DrawnMap>(undefined)
  const picture = usePicture(drawn)
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>('loading')
  const [pointed, setPointed] = useState('')
  const help = useId()
  const contours = ground ?? none
  const steps = areas && stepsOf(areas)
  const latest = useRef({
    onSelect,
    onHover,
    onMoved,
    onSelectArea,
    shown: { points, contours, places, areas: undefined as readonly MapArea[] | undefined, selected, frame },
  })
  latest.current = {
    onSelect,
    onHover,
    onMoved,
    onSelectArea,
    shown: { points, contours, places, selected, frame, areas: useLevels(areas, formatValue) },
  }

  useEffect(() => {
    let gone = false
    let under: string | undefined
    const hover = (id: string | undefined) => {
      if (id === under) return
      under = id
      latest.current.onHover?.(id)
    }
    const start = () =>
      void import('./map-canvas.ts')
        .then(({ canDraw, drawMap }) => {
          if (gone || !container.current) return
          if (!canDraw()) return setState('failed')
          drawn.current = drawMap(container.current, label, way, {
            onSelect: id => latest.current.onSelect?.(id),
            onHover: id => hover(id),
            onSelectArea: id => latest.current.onSelectArea?.(id),
            onPoint: setPointed,
            onDrawn: () => setState('ready'),
            onMoved: now => latest.current.onMoved?.(now),
          })
          drawn.current.show(latest.current.shown)
        })
        .catch(() => {
          if (!gone) setState('failed')
        })
    // 400 kB of script: only for a map that someone is about to see.
    const sight = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return
        sight.disconnect()
        start()
      },
      { rootMargin: '200px' },
    )
    sight.observe(container.current!)
    return () => {
      gone = true
      sight.disconnect()
      drawn.current?.remove()
      drawn.current = undefined
    }
  }, [label, way])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown is read from `latest`, these say when it changed
  useEffect(() => drawn.current?.show(latest.current.shown), [points, contours, places, areas, selected, frame])

  if (state === 'failed')
    return (
      <Notice tone="info">
        La carte ne peut pas être dessinée dans ce navigateur. Rien ne manque : la page donne les mêmes éléments en
        toutes lettres.
      </Notice>
    )
  return (
    <figure className={`cc-map cc-map--${height}`} aria-label={label}>
      <div className="cc-map__frame" data-state={state === 'ready' && ground !== null ? 'ready' : 'loading'}>
        <div className="cc-map__canvas" ref={container} />
        <div className="cc-map__printed" ref={picture} />
        {state === 'loading' && (
          <div className="cc-map__wait">
            <Skeleton lines={3} label="La carte se charge" />
          </div>
        )}
        <Movements drawn={drawn} />
        {pointed && (
          <p className="cc-map__pointed" aria-hidden="true">
            {pointed}
          </p>
        )}
      </div>
      <figcaption className="cc-map__caption">
        {steps && <Legend title={legend ?? label} steps={steps} formatValue={formatValue} />}
        {tones && <Tones tones={tones} />}
        {children}
        {credits.length > 0 && <p className="fr-text--xs">Contours : {credits.join(' ; ')}.</p>}
        <p id={help} className="fr-hint-text">
          {points.length > 0 && <>{formatCount(points.length, 'point', 'points')} sur la carte. </>}Au clavier, la carte
          active : flèches pour se déplacer, + et − pour zoomer.
        </p>
      </figcaption>
    </figure>
  )
}
const none: readonly never[] = []

/** What a printer takes in place of the map. */
const usePicture = (drawn: RefObject<DrawnMap | undefined>) => {
  const picture = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const copy = () => {
      const canvas = document.createElement('canvas')
      drawn.current?.copyTo(canvas)
      picture.current?.replaceChildren(canvas)
    }
    addEventListener('beforeprint', copy)
    return () => removeEventListener('beforeprint', copy)
  }, [drawn])
  return picture
}

const Movements = ({ drawn }: { drawn: RefObject<DrawnMap | undefined> }) => (
  <div className="cc-map__buttons">
    <Button size="small" priority="secondary" icon="fr-icon-zoom-in-line" onClick={() => drawn.current?.zoom(1)}>
      Approcher
    </Button>
    <Button size="small" priority="secondary" icon="fr-icon-zoom-out-line" onClick={() => drawn.current?.zoom(-1)}>
      Éloigner
    </Button>
    <Button size="small" priority="secondary" icon="fr-icon-focus-3-line" onClick={() => drawn.current?.fit()}>
      Tout voir
    </Button>
  </div>
)

const Tones = ({ tones }: { tones: Partial<Record<MapTone, string>> }) => (
  <ul className="cc-map__tones">
    {(Object.entries(tones) as [MapTone, string][]).map(([tone, words]) => (
      <li key={tone}>
        <span className={`cc-map__dot cc-map__dot--${tone}`} aria-hidden="true" />
        {words}
      </li>
    ))}
  </ul>
)

/** The same array as long as the areas are the same: a new one would be drawn again. */
const useLevels = (
  areas: readonly AreaValue[] | undefined,
  formatValue: (value: number) => string,
): readonly MapArea[] | undefined => {
  const kept = useRef<{ areas: readonly AreaValue[] | undefined; made: readonly MapArea[] | undefined }>({
    areas: undefined,
    made: undefined,
  })
  if (kept.current.areas !== areas) {
    const steps = areas && stepsOf(areas)
    kept.current = {
      areas,
      made: areas?.map(({ territoryId, label, value }) =>
        value === null || value === undefined || !steps
          ? { territoryId, label }
          : { territoryId, label: `${label} : ${formatValue(value)}`, level: steps.levelOf(value) },
      ),
    }
  }
  return kept.current.made
}

const Legend = ({
  title,
  steps,
  formatValue,
}: {
  title: string
  steps: Steps
  formatValue: (value: number) => string
}) => (
  <dl className="cc-map__legend">
    <dt>{title}</dt>
    {(steps.low === steps.high ? [levels - 1] : [0, 1, 2, 3, 4]).map(level => (
      <dd key={level}>
        <span className={`cc-map__step cc-map__step--${level}`} aria-hidden="true" />
        {steps.low === steps.high
          ? formatValue(steps.low)
          : `${level === 0 ? 'de' : 'à partir de'} ${formatValue(steps.from(level))}`}
      </dd>
    ))}
  </dl>
)
