import { useQuery } from '@tanstack/react-query'
import { formatSiren } from '../../platform/format.ts'
import { notDiffused } from '../../platform/names.ts'
import { usePathParams } from '../../platform/navigation.ts'
import { Columns, Loaded, Notice, Page } from '../../ui/index.ts'
import { MonthsChart } from './charts.tsx'
import { Hirers } from './hirers.tsx'
import { companyRecruitmentQuery } from './queries.ts'
import { EstablishmentOrCompany } from './switch.tsx'
import { ByContract, PrintButton, Season, Source, YearFigures } from './told.tsx'
import { type CompanyRecruitment, closedWords, noFileYet, notCovered, uncoveredWords, yearSentence } from './words.ts'
import './recruitment.css'

const nameOf = ({ name, siren }: CompanyRecruitment) => name ?? `${notDiffused}, SIREN ${formatSiren(siren)}`

/** Read from one of its establishments, to which one goes back; the same from each of them. */
export default function CompanyRecruitmentPage() {
  const { siret } = usePathParams<{ siret: string }>()
  const query = useQuery(companyRecruitmentQuery(siret.slice(0, 9)))
  const { data } = query
  return (
    <Page
      title={data ? `Recrutements de l’entreprise : ${nameOf(data)}` : 'Recrutements de l’entreprise'}
      breadcrumb={[
        { label: 'Établissements', href: '/etablissements' },
        { label: 'Fiche établissement', href: `/etablissements/${siret}` },
        { label: 'Recrutements de l’établissement', href: `/etablissements/${siret}/recrutements` },
      ]}
      {...(data && { lead: <Lead company={data} /> })}
      {...(data?.coverage === 'covered' && { actions: <PrintButton /> })}
    >
      <EstablishmentOrCompany siret={siret} shown="company" />
      <Loaded query={query} lines={12}>
        {company => <Card company={company} />}
      </Loaded>
    </Page>
  )
}

const Lead = ({ company: { siren, twelve } }: { company: CompanyRecruitment }) => (
  <>
    SIREN {formatSiren(siren)}, dans votre périmètre
    {twelve && (
      <>
        <br />
        <strong>{yearSentence(twelve)}</strong>
      </>
    )}
  </>
)

/** Before the figures: who is left out of them, and who is still in them. */
const Parts = ({ establishments: { uncovered, closed } }: Pick<CompanyRecruitment, 'establishments'>) =>
  uncovered + closed > 0 && (
    <p className="cc-recruitment__source">
      {uncovered > 0 && <strong>{uncoveredWords(uncovered)} </strong>}
      {closed > 0 && closedWords(closed)}
    </p>
  )

const Card = ({ company }: { company: CompanyRecruitment }) => {
  const { coverage, months, twelve, thirtySix, trend, seasonality } = company
  if (!twelve || !thirtySix)
    return (
      <>
        {coverage === 'msa' ? (
          <Notice title="Non couvert (MSA)">{notCovered}</Notice>
        ) : (
          <Notice title="Aucune donnée encore">{noFileYet}</Notice>
        )}
        <Hirers company={company} />
      </>
    )
  return (
    <div className="cc-recruitment cc-recruitment--company">
      <Source told={company} missing={thirtySix.missing}>
        <Parts establishments={company.establishments} />
      </Source>
      <YearFigures twelve={twelve} trend={trend} />
      <MonthsChart months={months} twelve={twelve} trend={trend} />
      <Columns>
        <div>
          <Season seasonality={seasonality} title="Quand elle recrute" />
        </div>
        <ByContract twelve={twelve} thirtySix={thirtySix} />
      </Columns>
      <Hirers company={company} />
    </div>
  )
}
