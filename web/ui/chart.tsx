import { useEffect, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { useSlow } from './feedback.tsx'
import { DataTable, type DataTableProps } from './table.tsx'
import './chart.css'

export type Plot = typeof import('./plot.ts')
/** Colours that hold in both themes; nothing is told by colour alone. */
export const chartColours = {
  main: 'var(--background-action-high-blue-france)',
  soft: 'var(--background-contrast-blue-france)',
  rest: 'var(--background-contrast-grey)',
  line: 'var(--border-contrast-grey)',
  text: 'var(--text-title-grey)',
  quiet: 'var(--text-mention-grey)',
  edge: 'var(--border-plain-grey)',
} as const

export interface ChartProps<T> {
  title: string
  level?: 2 | 3
  /** What the chart shows, in a sentence: read by everyone, and in place of the drawing by a screen reader. */
  sentence: string
  /** The same data as the drawing, under the other button. */
  table: Pick<DataTableProps<T>, 'caption' | 'columns' | 'rows' | 'keyOf' | 'href'>
  /** Redrawn when it changes; keep it the same function otherwise. In pixels. */
  draw: (plot: Plot, width: number) => SVGElement | HTMLElement
  /** Held while the drawing comes, so that nothing jumps. In pixels. */
  height: number
}

/** As it comes in sight; two seconds later at most, for whoever prints or scrolls at once. */
const whenSeen = (place: Element, run: () => void): (() => void) => {
  const sight = new IntersectionObserver(([entry]) => {
    if (entry?.isIntersecting) begin()
  })
  const timer = setTimeout(() => begin(), 2_000)
  const cancel = () => {
    sight.disconnect()
    clearTimeout(timer)
  }
  const begin = () => {
    cancel()
    run()
  }
  sight.observe(place)
  return cancel
}

/** A drawing and its table, one or the other. The drawing library comes with the first chart shown. */
export const Chart = <T,>({ title, level = 3, sentence, table, draw, height }: ChartProps<T>) => {
  const [asTable, setAsTable] = useState(false)
  const [failed, setFailed] = useState(false)
  const [drawn, setDrawn] = useState(false)
  const canvas = useRef<HTMLDivElement>(null)
  const slow = useSlow(!drawn && !asTable)
  useEffect(() => {
    const place = canvas.current
    if (asTable || !place) return
    let gone = false
    let width = 0
    let lib: Plot | undefined
    const paint = () => {
      const now = Math.floor(place.clientWidth)
      if (!lib || gone || now === 0 || now === width) return
      width = now
      const drawing = draw(lib, width)
      for (const sheet of drawing.querySelectorAll('style')) sheet.remove() // see chart.css
      drawing.setAttribute('aria-hidden', 'true')
      drawing.removeAttribute('role')
      place.replaceChildren(drawing)
      setDrawn(true)
    }
    const watcher = new ResizeObserver(paint)
    watcher.observe(place)
    // After the figures, which say the same: 80 kB of script.
    const cancel = whenSeen(
      place,
      () =>
        void import('./plot.ts').then(
          module => {
            lib = module
            paint()
          },
          () => {
            if (!gone) setFailed(true)
          },
        ),
    )
    return () => {
      gone = true
      cancel()
      watcher.disconnect()
    }
  }, [draw, asTable])
  const shown = asTable || failed
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <figure className="cc-chart" aria-label={title}>
      <div className="cc-chart__head">
        <Heading className="fr-h6">{title}</Heading>
        {!failed && (
          <Button
            size="small"
            priority="tertiary"
            icon={asTable ? 'fr-icon-bar-chart-box-line' : 'fr-icon-table-line'}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? 'Voir le graphique' : 'Voir le tableau'}
            <span className="fr-sr-only"> : {title}</span>
          </Button>
        )}
      </div>
      <p className="cc-chart__sentence">{sentence}</p>
      {shown ? (
        <DataTable {...table} keys={false} />
      ) : (
        <div
          className="cc-chart__canvas"
          ref={canvas}
          role="img"
          aria-label={sentence}
          aria-busy={!drawn && slow}
          style={{ minHeight: drawn ? 0 : height }}
        />
      )}
    </figure>
  )
}
