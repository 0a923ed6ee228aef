import { useQuery } from '@tanstack/react-query'
import { hiringKinds } from '../../../contract/territory-and-register/recruitments.ts'
import { formatDay, formatNumber, formatSiret } from '../../platform/format.ts'
import { fullName, townWords } from '../../platform/names.ts'
import { usePathParams } from '../../platform/navigation.ts'
import { Badge, Button, Columns, DataTable, Figure, Figures, Loaded, Notice, Page, Section } from '../../ui/index.ts'
import { NotToContact } from '../../work-with-employers/do-not-contact/not-to-contact.tsx'
import { RecruitmentServices } from '../../work-with-employers/services/services.tsx'
import { MonthsChart, SeasonChart } from './charts.tsx'
import { ComparedWith } from './compared.tsx'
import { NextHires } from './next-hires.tsx'
import { recruitmentQuery } from './queries.ts'
import {
  differenceWords,
  durableWords,
  intention,
  kindWords,
  missingWords,
  notCovered,
  periodWords,
  type Recruitment,
  source,
  yearSentence,
} from './words.ts'
import './recruitment.css'

export default function RecruitmentPage() {
  const { siret } = usePathParams<{ siret: string }>()
  const query = useQuery(recruitmentQuery(siret))
  const crumbs = [
    { label: 'Établissements', href: '/etablissements' },
    { label: query.data ? fullName(query.data) : 'Fiche établissement', href: `/etablissements/${siret}` },
  ]
  return (
    <Page
      title={query.data ? `Recrutements : ${fullName(query.data)}` : 'Recrutements'}
      beside={
        <span className="cc-badges">
          {query.data?.active === false && <Badge tone="warning">fermé</Badge>}
          <NotToContact siret={siret} />
        </span>
      }
      breadcrumb={crumbs}
      {...(query.data && { lead: <Lead recruitment={query.data} /> })}
      {...(query.data?.coverage === 'covered' && {
        actions: (
          <Button priority="secondary" icon="fr-icon-printer-line" onClick={() => window.print()}>
            Imprimer
          </Button>
        ),
      })}
    >
      <Loaded query={query} lines={12}>
        {recruitment => (
          <>
            <Card recruitment={recruitment} />
            <RecruitmentServices siret={siret} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

const Lead = ({ recruitment: { siret, town, activity, twelve } }: { recruitment: Recruitment }) => (
  <>
    {[activity?.label, townWords(town), `SIRET ${formatSiret(siret)}`].filter(Boolean).join(' · ')}
    {twelve && (
      <>
        <br />
        <strong>{yearSentence(twelve)}</strong>
      </>
    )}
  </>
)

const Card = ({ recruitment }: { recruitment: Recruitment }) => {
  const { coverage, asOf, receivedOn, months, twelve, thirtySix, trend, seasonality, forecast } = recruitment
  if (coverage === 'msa') return <Notice title="Non couvert (MSA)">{notCovered}</Notice>
  if (!twelve || !thirtySix)
    return (
      <Notice title="Aucune donnée encore">
        L’opérateur n’a pas encore apporté de déclarations d’embauche : cette fiche se remplira avec le premier fichier.
      </Notice>
    )
  return (
    <div className="cc-recruitment">
      <p className="cc-recruitment__source">
        Données au {formatDay(asOf!)}
        {receivedOn && receivedOn !== asOf && `, reçues le ${formatDay(receivedOn)}`}. {source}.{' '}
        <strong>{intention}</strong>
      </p>
      {thirtySix.missing > 0 && <Notice title="Des mois manquent">{missingWords(thirtySix.missing)}</Notice>}
      <Figures>
        <Figure value={formatNumber(twelve.total)} label="embauches déclarées en douze mois" />
        <Figure value={durableWords(twelve)} label="d’embauches durables" />
        <Figure value={formatNumber(twelve.workStudy)} label="en alternance" />
        {trend && <Figure value={differenceWords(trend)} label="en un an, sur les douze mois d’avant" />}
      </Figures>
      <MonthsChart months={months} twelve={twelve} trend={trend} />
      <Columns>
        <div>
          {seasonality ? (
            <SeasonChart seasonality={seasonality} />
          ) : (
            <Section title="Quand il recrute">
              <p className="fr-text--sm">La saisonnalité se lit à partir de vingt-quatre mois de déclarations.</p>
            </Section>
          )}
        </div>
        <ComparedWith recruitment={recruitment} />
      </Columns>
      {forecast && <NextHires forecast={forecast} />}
      <Section title="Par contrat et durée">
        <DataTable
          caption={`Embauches par contrat, ${periodWords(twelve)} et ${periodWords(thirtySix)}`}
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
          Part durable : {durableWords(twelve)} sur douze mois, {durableWords(thirtySix)} sur trente-six. Durables : CDI
          et CDD de plus de six mois, parmi les CDI, les CDD dont la durée est connue et l’intérim. L’alternance est
          comptée à part.
        </p>
      </Section>
    </div>
  )
}
