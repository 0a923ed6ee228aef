import { useCallback } from 'react'
import { formatMonth, formatNumber } from '../../platform/format.ts'
import { Chart, Columns, chartColours, type Plot, Section } from '../../ui/index.ts'
import {
  errorWords,
  type Forecast,
  forecastSentence,
  intervalWords,
  proofWords,
  silenceWords,
  triedWords,
  withinWords,
} from './forecast-words.ts'
import './next-hires.css'

/** The months when it may hire next, and how often that was right here; why nothing is told, elsewhere. */
export const NextHires = ({ forecast }: { forecast: Forecast }) =>
  forecast.silence === null ? <Told forecast={forecast} /> : <Silent forecast={forecast} />

const title = 'Prochaines embauches probables'

const Silent = ({ forecast: { silence, proof } }: { forecast: Forecast }) => (
  <Section title={title}>
    <p className="fr-text--sm fr-mb-0">
      Rien n’est annoncé. {silenceWords[silence!]}
      {silence === 'not-better' && proof && ` ${triedWords(proof)} ${errorWords(proof)} ${withinWords(proof)}`}
    </p>
  </Section>
)

const Told = ({ forecast }: { forecast: Forecast }) => (
  <div className="cc-next-hires">
    <Columns>
      <div>
        <MonthsAhead forecast={forecast} />
      </div>
      <HowOftenRight forecast={forecast} />
    </Columns>
  </div>
)

const HowOftenRight = ({ forecast: { proof } }: { forecast: Forecast }) => (
  <Section title="Cette prévision a-t-elle été juste ?">
    <p>{triedWords(proof!)}</p>
    <ul>
      {[...proofWords(proof!), errorWords(proof!)].map(words => (
        <li key={words}>{words}</li>
      ))}
    </ul>
    <p className="fr-text--sm fr-mb-0">
      Ce n’est pas une certitude : la prévision prolonge les déclarations passées, et la saison de son activité si elle
      est connue. Elle ignore ses projets. Forte embauche : moitié plus que la moyenne des douze mois d’avant.
      Fourchette : huit mois sur dix devraient y tomber.
    </p>
  </Section>
)

const MonthsAhead = ({ forecast }: { forecast: Forecast }) => {
  const { months } = forecast
  const draw = useCallback(
    (plot: Plot, width: number) =>
      plot.plot({
        className: 'cc-plot',
        width,
        height: 220,
        marginLeft: 40,
        marginRight: 8,
        marginTop: 12,
        marginBottom: 28,
        x: { type: 'band', domain: months.map(({ month }) => month), padding: 0.3, axis: null },
        y: { domain: [0, Math.max(4, ...months.map(({ high }) => high)) * 1.05] },
        marks: [
          plot.gridY({ stroke: chartColours.line, strokeOpacity: 0.5, ticks: 4 }),
          plot.axisY({ ticks: 4, tickFormat: value => formatNumber(Number(value)), label: null, tickSize: 0 }),
          plot.barY(months, {
            x: 'month',
            y1: 'low',
            y2: 'high',
            fill: chartColours.rest,
            stroke: chartColours.line,
          }),
          plot.dot(months, { x: 'month', y: 'expected', fill: chartColours.main, r: 6 }),
          plot.text(months, {
            x: 'month',
            text: ({ month }) => shortMonth(month),
            frameAnchor: 'bottom',
            dy: 18,
            fill: chartColours.quiet,
          }),
        ],
      }),
    [months],
  )
  return (
    <Chart
      title={title}
      level={2}
      sentence={`${forecastSentence(forecast)} Point : le nombre probable ; bande : la fourchette.`}
      height={220}
      draw={draw}
      table={{
        caption: 'Embauches probables des six prochains mois',
        rows: months,
        keyOf: ({ month }) => month,
        columns: [
          { head: 'Mois', cell: ({ month }) => formatMonth(month) },
          { head: 'Probables', numeric: true, cell: ({ expected }) => formatNumber(expected) },
          { head: 'Fourchette', numeric: true, cell: one => intervalWords(one) },
          { head: 'Le même mois, avant', cell: ({ past }) => pastWords(past) },
        ],
      }}
    />
  )
}
const monthShort = new Intl.DateTimeFormat('fr-FR', { month: 'short', timeZone: 'UTC' })
const shortMonth = (month: string) => monthShort.format(new Date(`${month}-01T12:00:00Z`))
/** « 12 en 2024, 9 en 2025 » */
const pastWords = (past: Forecast['months'][number]['past']) =>
  past.map(({ month, hires }) => `${formatNumber(hires)} en ${month.slice(0, 4)}`).join(', ') || 'non reçu'
