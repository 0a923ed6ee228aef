import { lazy, Suspense } from 'react'
import type { Reply } from '../../contract/route.ts'
import { listPortfolio } from '../../contract/work-with-employers/portfolio.ts'
import { ToolsNews } from '../agreement/tools/home-news.tsx'
import { call } from '../platform/api.ts'
import { formatList } from '../platform/format.ts'
import { useList } from '../platform/list.ts'
import { holds, type Me, useMe } from '../platform/session.ts'
import { Empty, Link, Notice, Page, Section, Skeleton } from '../ui/index.ts'
import { OwnDrafts } from '../work-with-employers/exchanges/own-drafts.tsx'
import { dueWords } from '../work-with-employers/portfolio/due-words.ts'
import { DayList } from './day.tsx'
import { FirstDayOffer } from './first-day-offer.tsx'
import { inChargeOf } from './in-charge.ts'
import { Campaigns } from './open-campaigns.tsx'
import { PilotedCampaigns } from './piloted.tsx'
import { ProposedToUs } from './proposed-to-us.tsx'
import { WaitingWork } from './waiting-work.tsx'
import './home.css'

// Read by those whom a role gives something to decide: an advisor's first visit does without.
const Duties = lazy(() => import('./duties.tsx'))
// Nothing most of the time: it comes after what one works from.
const NeedsProposed = lazy(() => import('./needs-proposed.tsx').then(m => ({ default: m.NeedsProposed })))
const RunningWorks = lazy(() => import('./running-works.tsx').then(m => ({ default: m.RunningWorks })))

/** « 3 actions en retard et 12 dans les sept jours (dont 5 aujourd’hui) » : the counts are those of the list below. */
const stateOf = (counts: Reply<typeof listPortfolio>['counts']) =>
  counts.late || counts.week ? `${formatList(dueWords(counts, 'action'))}.` : 'Rien n’est prévu cette semaine.'

/** A person whose grants open nothing for now: what is missing is said above. */
const withheld = ({ missing }: Me) => missing.some(({ code }) => code.startsWith('grant/') && code !== 'grant/none')

export default function HomePage() {
  const me = useMe()
  const advises = holds(me, 'campagnes', 'conseiller')
  const inCharge = inChargeOf(me)
  const { query, more } = useList(
    ['portfolio', 'day'],
    (after, signal) =>
      call(listPortfolio, { query: { part: 'planned', limit: 20, ...(after ? { after } : { total: true }) }, signal }),
    { fresh: true, enabled: advises },
  )
  const pilots = holds(me, 'campagnes', 'pilote')
  const counts = query.data?.counts
  // A pilot without an action of their own reads their campaigns first, and no empty list.
  const idle = counts?.planned === 0
  const empty = counts?.all === 0
  return (
    <Page
      title={`Bonjour ${me.account.givenName}`}
      lead={counts && !(pilots && idle) ? stateOf(counts) : me.organisation.name}
    >
      {me.missing.length > 0 && (
        <Notice tone="warning" title="Ce qui manque pour travailler">
          <ul>
            {me.missing.map(({ code, sentence, whoActs }) => (
              <li key={code}>
                {sentence} <strong>Qui agit : {whoActs}</strong>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <FirstDayOffer />
      <ToolsNews />
      {holds(me, 'campagnes', 'responsable') && <WaitingWork />}
      {advises && <ProposedToUs />}
      <Suspense>
        {advises && <NeedsProposed />}
        <RunningWorks />
      </Suspense>
      {pilots && idle && <PilotedCampaigns />}
      {advises && !(pilots && empty) && <DayList query={query} more={more} />}
      {pilots && !idle && <PilotedCampaigns />}
      {inCharge && (
        <Suspense fallback={<Skeleton lines={4} />}>
          <Duties me={me} />
        </Suspense>
      )}
      <OwnDrafts />
      {!advises && !inCharge && <NotYours me={me} />}
      {holds(me, 'campagnes', 'consultation') && <Campaigns />}
      <p className="fr-text--sm fr-mt-4w fr-mb-0 cc-home-links">
        <Link href="/mes-droits">Mes droits</Link> <Link href="/outils">Outils communs</Link>{' '}
        <Link href="/mes-travaux">Mes travaux longs</Link>{' '}
        {advises && (
          <>
            <Link href="/mes-vues">Mes vues suivies</Link> <Link href="/actions-proposees">Actions proposées</Link>{' '}
            <Link href="/mon-calendrier">Mon calendrier</Link>
          </>
        )}{' '}
        <Link href="/responsables-de-comptes">Responsables de comptes</Link>
      </p>
    </Page>
  )
}

const NotYours = ({ me }: { me: Me }) => (
  <Section title="Mes prochaines actions">
    {withheld(me) ? (
      <Empty title="En attente">
        Vos actions, vos échanges et vos campagnes sont gardés : vous les retrouverez dès que rien ne manquera plus à
        vos habilitations.
      </Empty>
    ) : (
      <Empty title="Réservé aux conseillers">
        Les rappels et les rendez-vous sont ceux des personnes qui contactent les employeurs. Le responsable de gestion
        de comptes (RGC) de votre structure donne ce profil.
      </Empty>
    )}
  </Section>
)
