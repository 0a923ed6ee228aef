import { useCallback } from 'react'
import { formatCount, formatDay, formatNumber, formatShortDay } from '../../platform/format.ts'
import { Chart, chartColours, type Plot } from '../../ui/index.ts'
import type { Progress } from './words.ts'

const date = (day: string) => new Date(`${day}T00:00:00Z`)
const tick = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'short', timeZone: 'UTC' })

export const CoverageChart = ({
  weeks,
  goal,
  startsOn,
  endsOn,
}: Pick<Progress, 'weeks' | 'goal'> & { startsOn: string; endsOn: string }) => {
  const last = weeks.at(-1)
  const draw = useCallback(
    (plot: Plot, width: number) => {
      const points = [
        { day: date(startsOn), contacted: 0, expected: goal === null ? null : 0 },
        ...weeks.map(week => ({ ...week, day: date(week.until) })),
      ]
      const end = points.at(-1)!
      const top = Math.max(goal ?? 0, end.contacted, 4)
      return plot.plot({
        className: 'cc-plot',
        width,
        height: 280,
        marginLeft: 44,
        marginRight: 20,
        marginTop: 32,
        marginBottom: 32,
        x: { domain: [date(startsOn), date(endsOn)], type: 'utc' },
        y: { domain: [0, top * 1.05] },
        marks: [
          plot.gridY({ stroke: chartColours.line, strokeOpacity: 0.5, ticks: 4 }),
          plot.axisY({ ticks: 4, tickFormat: value => formatNumber(Number(value)), label: null, tickSize: 0 }),
          plot.axisX({ ticks: width < 480 ? 3 : 6, tickFormat: value => tick.format(value as Date), label: null }),
          plot.areaY(points, { x: 'day', y: 'contacted', fill: chartColours.soft }),
          ...(goal === null
            ? []
            : [
                plot.lineY(
                  [
                    { day: date(startsOn), y: 0 },
                    { day: date(endsOn), y: goal },
                  ],
                  { x: 'day', y: 'y', stroke: chartColours.edge, strokeWidth: 2, strokeDasharray: '6 5' },
                ),
                plot.text([{ day: date(endsOn), y: goal }], {
                  x: 'day',
                  y: 'y',
                  text: () => `objectif ${formatNumber(goal)}`,
                  textAnchor: 'end',
                  dy: -12,
                  fill: chartColours.quiet,
                }),
              ]),
          plot.lineY(points, { x: 'day', y: 'contacted', stroke: chartColours.main, strokeWidth: 3 }),
          plot.dot([end], { x: 'day', y: 'contacted', fill: chartColours.main, r: 5 }),
          plot.text([end], {
            x: 'day',
            y: 'contacted',
            text: () => formatNumber(end.contacted),
            fontWeight: 'bold',
            fill: chartColours.text,
            stroke: 'var(--background-default-grey)',
            strokeWidth: 4,
            textAnchor: end.day > date(startsOn) ? 'end' : 'start',
            dx: end.day > date(startsOn) ? -10 : 10,
            dy: -12,
          }),
        ],
      })
    },
    [weeks, goal, startsOn, endsOn],
  )
  const gap = last?.expected == null ? null : last.contacted - last.expected
  const sentence = !last
    ? `La période commence le ${formatDay(startsOn)} : la courbe viendra avec elle.`
    : `${formatCount(last.contacted, 'cible contactée', 'cibles contactées')} au ${formatDay(last.until)}${gap === null ? '.' : gap === 0 ? ', tout juste au rythme de l’objectif.' : `, ${formatNumber(Math.abs(gap))} ${gap > 0 ? 'de plus' : 'de moins'} qu’à un rythme égal jusqu’à l’objectif de ${formatNumber(goal!)}.`}`
  return (
    <Chart
      title="Couverture au fil des semaines"
      sentence={sentence}
      height={280}
      draw={draw}
      table={{
        caption: 'Cibles contactées, cumulées par semaine',
        rows: weeks,
        keyOf: week => week.from,
        columns: [
          { head: 'Jusqu’au', cell: week => formatShortDay(week.until) },
          { head: 'Contactées', numeric: true, cell: week => formatNumber(week.contacted) },
          ...(goal === null
            ? []
            : [
                {
                  head: 'Rythme de l’objectif',
                  numeric: true,
                  cell: (week: Progress['weeks'][number]) => formatNumber(week.expected ?? 0),
                },
              ]),
        ],
      }}
    />
  )
}
