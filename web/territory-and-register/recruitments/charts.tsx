import { useCallback } from 'react'
import { formatMonth, formatNumber } from '../../platform/format.ts'
import { Chart, chartColours, type Plot } from '../../ui/index.ts'
import { monthInitial, monthNames, periodWords, type Recruitment, seasonSentence, trendWords } from './words.ts'

interface Bar {
  readonly at: number
  readonly value: number
  readonly base: number
}
const columns = (
  plot: Plot,
  width: number,
  {
    soft,
    main,
    ticks,
  }: { soft: readonly Bar[]; main: readonly Bar[]; ticks: readonly { at: number; label: string }[] },
) =>
  plot.plot({
    className: 'cc-plot',
    width,
    height: 220,
    marginLeft: 40,
    marginRight: 8,
    marginTop: 12,
    marginBottom: 28,
    x: { type: 'band', domain: soft.map(bar => bar.at), padding: 0.15, axis: null },
    y: { domain: [0, Math.max(4, ...soft.map(bar => bar.value)) * 1.05] },
    marks: [
      plot.gridY({ stroke: chartColours.line, strokeOpacity: 0.5, ticks: 4 }),
      plot.axisY({ ticks: 4, tickFormat: value => formatNumber(Number(value)), label: null, tickSize: 0 }),
      plot.barY(soft, { x: 'at', y1: 'base', y2: 'value', fill: chartColours.rest, stroke: chartColours.line }),
      plot.barY(main, { x: 'at', y1: 'base', y2: 'value', fill: chartColours.main }),
      plot.text(ticks, { x: 'at', text: 'label', frameAnchor: 'bottom', dy: 18, fill: chartColours.quiet }),
    ],
  })

/** Thirty-six months: the durable at the foot of each bar, the others above. */
export const MonthsChart = ({ months, twelve, trend }: Pick<Recruitment, 'months' | 'twelve' | 'trend'>) => {
  const draw = useCallback(
    (plot: Plot, width: number) =>
      columns(plot, width, {
        soft: months.map(({ total }, at) => ({ at, value: total, base: 0 })),
        main: months.map(({ counts }, at) => ({ at, value: counts.cdi + counts['cdd-long'], base: 0 })),
        ticks: months.flatMap(({ month }, at) =>
          month.endsWith('-01') || (width >= 600 && month.endsWith('-07'))
            ? [{ at, label: month.endsWith('-01') ? month.slice(0, 4) : 'juil.' }]
            : [],
        ),
      }),
    [months],
  )
  return (
    <Chart
      title="Mois par mois"
      level={2}
      sentence={`${formatNumber(twelve!.total)} sur les douze derniers mois${trend ? `, ${trendWords(trend)}` : ''}. En foncé, les embauches durables.`}
      height={220}
      draw={draw}
      table={{
        caption: `Embauches déclarées, ${periodWords({ first: months[0]!.month, last: months.at(-1)!.month })}`,
        rows: months,
        keyOf: ({ month }) => month,
        columns: [
          { head: 'Mois', cell: ({ month }) => formatMonth(month) },
          { head: 'CDI', numeric: true, cell: ({ brought, counts }) => (brought ? formatNumber(counts.cdi) : '–') },
          {
            head: 'CDD > 6 mois',
            numeric: true,
            cell: ({ brought, counts }) => (brought ? formatNumber(counts['cdd-long']) : '–'),
          },
          {
            head: 'CDD plus courts',
            numeric: true,
            cell: ({ brought, counts }) =>
              brought ? formatNumber(counts['cdd-medium'] + counts['cdd-short'] + counts['cdd-unsaid']) : '–',
          },
          { head: 'Intérim', numeric: true, cell: ({ brought, counts }) => (brought ? formatNumber(counts.ctt) : '–') },
          {
            head: 'Alternance',
            numeric: true,
            cell: ({ brought, counts }) =>
              brought ? formatNumber(counts.apprentissage + counts.professionnalisation) : '–',
          },
          {
            head: 'Total',
            numeric: true,
            cell: ({ brought, total }) => (brought ? formatNumber(total) : 'non reçu'),
          },
        ],
      }}
    />
  )
}

/** The year as it usually goes: the mean of each month. */
export const SeasonChart = ({
  seasonality,
  title,
}: {
  seasonality: NonNullable<Recruitment['seasonality']>
  title: string
}) => {
  const draw = useCallback(
    (plot: Plot, width: number) => {
      const mean = seasonality.reduce((sum, one) => sum + one.mean, 0) / 12
      const bars = seasonality.map(one => ({ at: one.month, value: one.mean, base: 0 }))
      return columns(plot, width, {
        soft: bars,
        main: bars.filter(({ value }) => mean > 0 && value >= 1.5 * mean),
        ticks: seasonality.map(({ month }) => ({ at: month, label: monthInitial(month) })),
      })
    },
    [seasonality],
  )
  return (
    <Chart
      title={title}
      level={2}
      sentence={seasonSentence(seasonality)}
      height={220}
      draw={draw}
      table={{
        caption: 'Embauches par mois de l’année, en moyenne',
        rows: seasonality,
        keyOf: ({ month }) => String(month),
        columns: [
          { head: 'Mois', cell: ({ month }) => monthNames[month - 1]! },
          { head: 'Embauches, en moyenne', numeric: true, cell: ({ mean }) => formatNumber(mean) },
        ],
      }}
    />
  )
}
