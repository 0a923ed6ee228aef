import { useQuery } from '@tanstack/react-query'
import { formatSiret } from '../../platform/format.ts'
import { fullName, townWords } from '../../platform/names.ts'
import { usePathParams } from '../../platform/navigation.ts'
import { Badge, Columns, Loaded, Notice, Page } from '../../ui/index.ts'
import { NotToContact } from '../../work-with-employers/do-not-contact/not-to-contact.tsx'
import { RecruitmentServices } from '../../work-with-employers/services/services.tsx'
import { MonthsChart } from './charts.tsx'
import { ComparedWith } from './compared.tsx'
import { NextHires } from './next-hires.tsx'
import { recruitmentQuery } from './queries.ts'
import { EstablishmentOrCompany } from './switch.tsx'
import { ByContract, PrintButton, Season, Source, YearFigures } from './told.tsx'
import { closedCard, noFileYet, notCovered, type Recruitment, yearSentence } from './words.ts'
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
        actions: <PrintButton />,
      })}
    >
      {query.data && query.data.companyEstablishments > 1 && (
        <EstablishmentOrCompany siret={siret} shown="establishment" />
      )}
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
  const { coverage, months, twelve, thirtySix, trend, seasonality, forecast } = recruitment
  if (coverage === 'msa') return <Notice title="Non couvert (MSA)">{notCovered}</Notice>
  if (!twelve || !thirtySix) return <Notice title="Aucune donnée encore">{noFileYet}</Notice>
  return (
    <div className="cc-recruitment">
      <Source told={recruitment} missing={thirtySix.missing}>
        {!recruitment.active && <p>{closedCard}</p>}
      </Source>
      <YearFigures twelve={twelve} trend={trend} />
      <MonthsChart months={months} twelve={twelve} trend={trend} />
      <Columns>
        <div>
          <Season seasonality={seasonality} title="Quand il recrute" />
        </div>
        <ComparedWith recruitment={recruitment} />
      </Columns>
      {forecast && <NextHires forecast={forecast} />}
      <ByContract twelve={twelve} thirtySix={thirtySix} />
    </div>
  )
}
