import { useCallback } from 'react'
import { formatCount, formatNumber, formatShare } from '../../platform/format.ts'
import { Bar, Chart, chartColours, type Plot } from '../../ui/index.ts'
import { type Line, type Progress, stepWords } from './words.ts'

interface BarRow {
  readonly key: string
  readonly label: string
  readonly value: number
  readonly of?: number
  readonly words: string
}
/** One bar a row under its words, so that it reads at any width; what remains to do is outlined, not only paler. */
const bars = (rows: readonly BarRow[]) => (plot: Plot, width: number) =>
  plot.plot({
    className: 'cc-plot',
    width,
    height: rows.length * 48 + 8,
    marginLeft: 1,
    marginRight: 1,
    marginTop: 4,
    marginBottom: 4,
    x: { axis: null, domain: [0, Math.max(1, ...rows.map(row => row.of ?? row.value))] },
    y: { axis: null, domain: rows.map(row => row.key), padding: 0 },
    marks: [
      ...(rows.some(row => row.of !== undefined)
        ? [
            plot.barX(rows, {
              x: row => row.of ?? row.value,
              y: 'key',
              insetTop: 24,
              insetBottom: 8,
              fill: chartColours.rest,
              stroke: chartColours.line,
            }),
          ]
        : []),
      plot.barX(rows, { x: 'value', y: 'key', insetTop: 24, insetBottom: 8, fill: chartColours.main }),
      plot.text(rows, {
        x: 0,
        y: 'key',
        text: row => shortened(row.label, width - row.words.length * 8 - 16),
        textAnchor: 'start',
        dy: -11,
        fill: chartColours.text,
      }),
      plot.text(rows, {
        frameAnchor: 'right',
        y: 'key',
        text: 'words',
        dy: -11,
        fontWeight: 'bold',
        fill: chartColours.text,
      }),
    ],
  })
const shortened = (text: string, width: number) => {
  const most = Math.max(8, Math.floor(width / 7.2))
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}

export const FunnelChart = ({ funnel }: Pick<Progress, 'funnel'>) => {
  const of = (name: (typeof funnel)[number]['step']) => funnel.find(({ step }) => step === name)?.count ?? 0
  const [targets, contacted] = [of('targets'), of('contacted')]
  const draw = useCallback(
    (plot: Plot, width: number) =>
      bars(
        funnel.map(({ step, count }) => ({
          key: step,
          label: stepWords[step],
          value: count,
          of: targets,
          words: `${formatNumber(count)}${step === 'targets' ? '' : ` · ${formatShare(count, targets)}`}`,
        })),
      )(plot, width),
    [funnel, targets],
  )
  return (
    <Chart
      title="De la cible à l’embauche"
      sentence={`Sur ${formatCount(targets, 'cible')}, ${formatNumber(contacted)} ${contacted > 1 ? 'ont été contactées' : 'a été contactée'} ; un interlocuteur a été joint pour ${formatNumber(of('reached'))}, un rendez-vous pris pour ${formatNumber(of('meeting'))}, un besoin détecté pour ${formatNumber(of('need'))} et une embauche notée pour ${formatNumber(of('hire'))}.`}
      height={funnel.length * 48 + 8}
      draw={draw}
      table={{
        caption: 'De la cible à l’embauche',
        rows: funnel,
        keyOf: ({ step }) => step,
        columns: [
          { head: 'Étape', cell: ({ step }) => stepWords[step] },
          { head: 'Cibles', numeric: true, cell: ({ count }) => formatNumber(count) },
          { head: 'Part des cibles', numeric: true, cell: ({ count }) => formatShare(count, targets) },
        ],
      }}
    />
  )
}

export const ResultsChart = ({ byResult: { lines, hidden } }: Pick<Progress, 'byResult'>) => {
  const all = lines.reduce((sum, { count }) => sum + count, 0)
  const draw = useCallback(
    (plot: Plot, width: number) =>
      bars(lines.map(({ code, label, count }) => ({ key: code, label, value: count, words: formatNumber(count) })))(
        plot,
        width,
      ),
    [lines],
  )
  const [first] = lines
  return (
    <Chart
      title="Résultats des échanges"
      sentence={`${first ? `${formatCount(all, 'échange')} dont vous pouvez lire le résultat ; le plus fréquent est « ${first.label} » (${formatNumber(first.count)}).` : 'Aucun résultat que vous puissiez lire.'}${hidden ? ` ${formatCount(hidden, 'autre a un résultat', 'autres ont un résultat')} que vos droits n’ouvrent pas ou que leur structure garde.` : ''}`}
      height={lines.length * 48 + 8}
      draw={draw}
      table={{
        caption: 'Échanges par résultat',
        rows: lines,
        keyOf: ({ code }) => code,
        columns: [
          { head: 'Résultat', cell: ({ label }) => label },
          { head: 'Échanges', numeric: true, cell: ({ count }) => formatNumber(count) },
          { head: 'Part', numeric: true, cell: ({ count }) => formatShare(count, all) },
        ],
      }}
    />
  )
}

const drawnAtMost = 12
/** Contacted over targets, by any cut of them. `all` also has the lines too many to draw. */
export const CutChart = ({
  title,
  head,
  lines,
  note = '',
}: {
  title: string
  head: string
  lines: readonly Line[]
  note?: string
}) => {
  const draw = useCallback(
    (plot: Plot, width: number) =>
      bars(
        lines.slice(0, drawnAtMost).map((line, at) => ({
          key: String(at),
          label: line.label,
          value: Math.min(line.contacted, Math.max(line.targets, line.contacted)),
          of: line.targets,
          words: `${formatNumber(line.contacted)} / ${formatNumber(line.targets)}`,
        })),
      )(plot, width),
    [lines],
  )
  const known = lines.filter(line => line.targets > 0)
  const ahead = known.length
    ? known.reduce((best, line) => (line.contacted / line.targets > best.contacted / best.targets ? line : best))
    : undefined
  const behind =
    known.length > 1
      ? known.reduce((least, line) => (line.contacted / line.targets < least.contacted / least.targets ? line : least))
      : undefined
  const share = ({ contacted, targets }: Line) => formatShare(contacted, targets)
  return (
    <Chart
      title={title}
      sentence={`${!ahead ? 'Rien à montrer encore.' : !behind || share(ahead) === share(behind) ? `Part contactée : ${share(ahead)}${known.length > 1 ? ' partout' : ` (${ahead.label})`}.` : `La part contactée va de ${share(behind)} (${behind.label}) à ${share(ahead)} (${ahead.label}).`}${lines.length > drawnAtMost ? ` Les ${drawnAtMost} plus nombreuses sont dessinées, les ${lines.length} sont dans le tableau.` : ''}${note}`}
      height={Math.min(lines.length, drawnAtMost) * 48 + 8}
      draw={draw}
      table={{
        caption: `${title}, en détail`,
        rows: lines,
        keyOf: line => `${line.code ?? ''} ${line.label}`,
        columns: [
          { head, cell: line => line.label },
          { head: 'Cibles', numeric: true, cell: line => formatNumber(line.targets) },
          { head: 'Prises', numeric: true, cell: line => formatNumber(line.taken) },
          { head: 'Contactées', numeric: true, cell: line => formatNumber(line.contacted) },
          {
            head: 'Part',
            cell: line => (
              <span className="cc-bar-cell">
                <Bar value={line.contacted} max={line.targets} />
                <span>{share(line)}</span>
              </span>
            ),
          },
          { head: 'Jointes', numeric: true, cell: line => formatNumber(line.reached) },
          { head: 'Besoins', numeric: true, cell: line => formatNumber(line.needs) },
          { head: 'Embauches', numeric: true, cell: line => formatNumber(line.hires) },
        ],
      }}
    />
  )
}
