import type { ReactNode } from 'react'
import { hiringKinds } from '../../../contract/territory-and-register/recruitments.ts'
import { formatDay, formatNumber } from '../../platform/format.ts'
import { Button, DataTable, Figure, Figures, Notice, Section } from '../../ui/index.ts'
import { SeasonChart } from './charts.tsx'
import {
  differenceWords,
  durableDefinition,
  durableWords,
  intention,
  kindWords,
  missingWords,
  type Period,
  periodWords,
  type Recruitment,
  source,
} from './words.ts'

export const PrintButton = () => (
  <Button priority="secondary" icon="fr-icon-printer-line" onClick={() => window.print()}>
    Imprimer
  </Button>
)

/** Until when the figures tell, from whom, of which part, and what they are not; then the months that lack. */
export const Source = ({
  told: { asOf, receivedOn },
  missing,
  children,
}: {
  told: Pick<Recruitment, 'asOf' | 'receivedOn'>
  missing: number
  children?: ReactNode
}) => (
  <>
    <p className="cc-recruitment__source">
      Données au {formatDay(asOf!)}
      {receivedOn && receivedOn !== asOf && `, reçues le ${formatDay(receivedOn)}`}. {source}.{' '}
      <strong>{intention}</strong>
    </p>
    {children}
    {missing > 0 && <Notice title="Des mois manquent">{missingWords(missing)}</Notice>}
  </>
)

export const YearFigures = ({ twelve, trend }: { twelve: Period; trend: Recruitment['trend'] }) => (
  <Figures>
    <Figure value={formatNumber(twelve.total)} label="embauches déclarées en douze mois" />
    <Figure value={durableWords(twelve)} label="d’embauches durables" />
    <Figure value={formatNumber(twelve.workStudy)} label="en alternance" />
    {trend && <Figure value={differenceWords(trend)} label="par rapport aux douze mois d’avant" />}
  </Figures>
)

export const Season = ({
  seasonality,
  title,
}: {
  seasonality: Recruitment['seasonality']
  /** « Quand il recrute » */
  title: string
}): ReactNode =>
  seasonality ? (
    <SeasonChart seasonality={seasonality} title={title} />
  ) : (
    <Section title={title}>
      <p className="fr-text--sm">La saisonnalité se lit à partir de vingt-quatre mois de déclarations.</p>
    </Section>
  )

export const ByContract = ({ twelve, thirtySix }: { twelve: Period; thirtySix: Period }) => (
  <Section title="Par contrat et durée">
    <DataTable
      caption={`Embauches déclarées jusqu’à ${periodWords(thirtySix).split(' à ').at(-1)}`}
      keys={false}
      rows={hiringKinds.filter(kind => kind !== 'cdd-unsaid' || thirtySix.counts[kind] > 0)}
      keyOf={kind => kind}
      columns={[
        { head: 'Contrat', cell: kind => kindWords[kind] },
        { head: '12 derniers mois', numeric: true, cell: kind => formatNumber(twelve.counts[kind]) },
        { head: '36 derniers mois', numeric: true, cell: kind => formatNumber(thirtySix.counts[kind]) },
      ]}
    />
    <p className="fr-text--sm fr-mb-0">
      Part durable : {durableWords(twelve)} sur douze mois, {durableWords(thirtySix)} sur trente-six.{' '}
      {durableDefinition}
    </p>
  </Section>
)
