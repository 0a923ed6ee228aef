import { useQuery } from '@tanstack/react-query'
import { theStructure } from '../../../contract/names-in-french.ts'
import { PageIfOpen } from '../../agreement/tools/if-open.tsx'
import { PersonOf } from '../../people-and-rights/directory/person-link.tsx'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { fullName, townWords } from '../../platform/names.ts'
import { usePathParams } from '../../platform/navigation.ts'
import { Badge, Facts, Link, Loaded, Page, Section } from '../../ui/index.ts'
import { LineMarks } from '../campaigns/employer-name.tsx'
import { EmployerSatisfaction } from '../satisfaction/employer-satisfaction.tsx'
import { NeedActs } from './need-acts.tsx'
import { NeedProposals } from './need-proposals.tsx'
import { type Need, needQuery } from './queries.ts'
import { contractWords, hiredWords, needStateWords, versionWords, whatWords } from './words.ts'
import './needs.css'

const crumbs = [{ label: 'Besoins', href: '/besoins' }]

const OneNeed = () => {
  const { needId } = usePathParams<{ needId: string }>()
  const query = useQuery(needQuery(needId))
  const need = query.data
  return (
    <Page
      title={need ? whatWords(need) : 'Besoin'}
      {...(need
        ? {
            beside: <Badge tone={needStateWords[need.state].tone}>{needStateWords[need.state].word}</Badge>,
            lead: [fullName(need.establishment), townWords(need.establishment.town)].filter(Boolean).join(', '),
          }
        : {})}
      breadcrumb={crumbs}
    >
      <Loaded query={query} lines={8}>
        {one => (
          <>
            <NeedActs need={one} />
            <What need={one} />
            <Hires need={one} />
            {wasClosed(one) && <EmployerSatisfaction needId={one.id} />}
            <NeedProposals proposals={one.proposals} />
            <History need={one} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

/** Closed, or reopened since: what the employer said stays. */
const wasClosed = ({ closedAt, history }: Need): boolean =>
  closedAt !== null || history.some(({ change }) => change === 'reopened')

const What = ({ need }: { need: Need }) => (
  <Section title="Ce qui est demandé">
    <Facts
      items={[
        [
          'Employeur',
          <span key="employer">
            <Link href={`/etablissements/${need.establishment.siret}`}>{fullName(need.establishment)}</Link>
            <LineMarks line={need.establishment} />
          </span>,
        ],
        need.job?.rome != null && ['Métier', `${need.job.label} (ROME ${need.job.rome})`],
        need.posts !== null && ['Postes', String(need.posts)],
        need.contract !== null && ['Contrat', contractWords[need.contract]],
        need.startsOn !== null && ['À partir du', formatDay(need.startsOn)],
        need.weeklyHours !== null && ['Heures par semaine', need.weeklyHours.toLocaleString('fr-FR')],
        need.wage !== null && ['Salaire', need.wage],
        need.skills !== null && ['Compétences', need.skills],
        need.place !== null && ['Lieu et accès', need.place],
        need.correspondent !== null && ['Interlocuteur', need.correspondent.name],
        need.notes !== null && ['À savoir', need.notes],
        need.exchangeId !== null && [
          'Vient de',
          <Link key="exchange" href={`/echanges/${need.exchangeId}`}>
            l’échange avec l’employeur
          </Link>,
        ],
        ['Suivi par', <PersonOf key="owner" person={need.owner} structure={need.organisation.name} />],
        need.takenBy !== null && ['Pris en charge par', need.takenBy.name],
        need.visibility === 'organisation' && [
          'Visible par',
          `${need.organisation.name}, et les structures à qui elle le propose`,
        ],
      ]}
    />
    <p className="fr-text--sm">Aucun candidat n’est nommé ici : ce qui est suivi est le besoin, pas les personnes.</p>
  </Section>
)

const Hires = ({ need }: { need: Need }) =>
  need.hires.length === 0 ? null : (
    <Section title="Embauches">
      <p>{hiredWords(need)}.</p>
      <ul>
        {need.hires.map(({ id, number, contract, hiredOn, organisation, beyond }) => (
          <li key={id}>
            {number} en {contractWords[contract]}, le {formatDay(hiredOn)}, par {theStructure(organisation.name)}
            {beyond && ' (plus que les postes demandés, c’est voulu)'}
          </li>
        ))}
      </ul>
    </Section>
  )

const History = ({ need }: { need: Need }) => (
  <Section title="Son histoire">
    {need.history.length === 0 ? (
      <p>{need.organisation.name} garde l’histoire de ce besoin.</p>
    ) : (
      <ol className="cc-need__history" reversed>
        {need.history.map(({ version, change, author, organisation, at, reason }) => (
          <li key={version}>
            {versionWords[change]} par{' '}
            {author ? <PersonOf person={author} structure={organisation.name} /> : theStructure(organisation.name)}, le{' '}
            {formatInstant(at)}
            {reason && ` : « ${reason} »`}.
          </li>
        ))}
      </ol>
    )}
  </Section>
)

export default function NeedPage() {
  return (
    <PageIfOpen category="besoins" title="Besoin">
      <OneNeed />
    </PageIfOpen>
  )
}
