import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { IfOpen } from '../../agreement/tools/if-open.tsx'
import { formatDay } from '../../platform/format.ts'
import { fullName, notDiffused, shownName, townWords } from '../../platform/names.ts'
import { usePathParams } from '../../platform/navigation.ts'
import { useShortcut } from '../../platform/shortcuts.ts'
import { Badge, Button, Columns, Definition, Loaded, Notice, Page, Skeleton } from '../../ui/index.ts'
import { Correspondents } from '../../work-with-employers/correspondents/correspondents.tsx'
import { DoNotContact } from '../../work-with-employers/do-not-contact/do-not-contact.tsx'
import { NotToContact } from '../../work-with-employers/do-not-contact/not-to-contact.tsx'
import { BeforeContact } from '../../work-with-employers/exchanges/before-contact.tsx'
import { beforeContactQuery, recordingQuery, targetsAtQuery } from '../../work-with-employers/exchanges/queries.ts'
import { RecordExchange } from '../../work-with-employers/exchanges/record-exchange.tsx'
import { VisitSheet } from '../../work-with-employers/rounds/visit-sheet.tsx'
import { Campaigns } from './card-campaigns.tsx'
import { Activity, Identity, Staff, Where } from './card-facts.tsx'
import { Siblings, Successions } from './company.tsx'
import { ProvisionalNotice, TypedBefore, TypedIdentity } from './provisional.tsx'
import { cardQuery } from './queries.ts'
import { activityWords, type Establishment, headcountWords, notDiffusedWhy } from './words.ts'
import './search.css'

// Read after the rest, and loaded so.
const RecruitmentLine = lazy(() =>
  import('../recruitments/recruitment-line.tsx').then(m => ({ default: m.RecruitmentLine })),
)
const Known = lazy(() => import('./card-known.tsx').then(m => ({ default: m.Known })))

const crumbs = [{ label: 'Établissements', href: '/etablissements' }]

export default function CardPage() {
  const { siret } = usePathParams<{ siret: string }>()
  const query = useQuery(cardQuery(siret))
  // Asked at once, not once the card has come.
  useQuery(beforeContactQuery(siret))
  useQuery(targetsAtQuery(siret))
  if (!query.data)
    return (
      <Page title="Fiche établissement" breadcrumb={crumbs}>
        <Loaded query={query} lines={10}>
          {() => null}
        </Loaded>
      </Page>
    )
  return <Card key={siret} establishment={query.data} />
}

const Card = ({ establishment }: { establishment: Establishment }) => {
  const { siret, name, sign, active, headOffice, partialDiffusion, closedOn, provisional, typed, siblings } =
    establishment
  const town = townWords(establishment.town)
  const { data: before, isError: hidden } = useQuery(beforeContactQuery(siret))
  // Known before the panel opens: nothing moves under the finger.
  useQuery({ ...recordingQuery(siret), enabled: before?.mayRecord === true })
  const [recording, setRecording] = useState(false)
  const record = () => setRecording(true)
  // Pressed before one knows whether one may, the key is kept until then.
  useShortcut('new', record, { enabled: !hidden && before?.mayRecord !== false })
  const facts = provisional
    ? [activityWords(establishment), town].filter(Boolean)
    : [
        activityWords(establishment),
        headcountWords(establishment) ?? 'effectif inconnu',
        town,
        headOffice && 'siège',
        active ? 'actif' : `fermé${closedOn ? ` depuis le ${formatDay(closedOn)}` : ''}`,
      ].filter(Boolean)
  const button = (
    <Button icon="fr-icon-add-line" shortcut="n" onClick={record}>
      Enregistrer un échange
    </Button>
  )
  return (
    <Page
      title={shownName(establishment)}
      beside={
        <span className="cc-badges">
          {sign && name && sign !== name && <span className="cc-sign">{sign}</span>}
          {provisional && <Badge tone="info">fiche provisoire</Badge>}
          {!active && <Badge tone="warning">fermé</Badge>}
          <NotToContact siret={siret} />
          {partialDiffusion && <Badge tone="info">diffusion partielle</Badge>}
        </span>
      }
      lead={facts.join(' · ')}
      breadcrumb={crumbs}
      {...(before?.mayRecord ? { actions: <div className="cc-wide-only">{button}</div> } : {})}
    >
      {partialDiffusion && (
        <p className="fr-text--sm">
          <Definition term={name === null ? notDiffused : 'Diffusion partielle'}>{notDiffusedWhy}</Definition>
        </p>
      )}
      {provisional && typed && <ProvisionalNotice siret={siret} typed={typed} />}
      <Columns shape="aside">
        <div className="cc-card-blocks">
          {before && <DoNotContact siret={siret} name={fullName(establishment)} />}
          <BeforeContact siret={siret} />
          {before && <VisitSheet siret={siret} />}
          {before && !before.mayRecord && before.whyNot && (
            <Notice title="Vous ne pouvez pas enregistrer d’échange ici">{before.whyNot}</Notice>
          )}
          {!hidden && (
            <IfOpen category="interlocuteurs" title="Interlocuteurs" id="interlocuteurs">
              <Correspondents siret={siret} />
            </IfOpen>
          )}
          {!hidden && (
            <Suspense fallback={<Skeleton lines={8} label="Chargement de ce que le réseau sait" />}>
              <Known establishment={establishment} mayNote={before?.mayRecord === true} />
            </Suspense>
          )}
        </div>
        <div className="cc-card-blocks cc-card-blocks--aside">
          {provisional && typed ? (
            <TypedIdentity establishment={establishment} typed={typed} />
          ) : (
            <>
              <Identity establishment={establishment} />
              <Activity establishment={establishment} />
              <Staff establishment={establishment} />
              <Where establishment={establishment} />
              {typed && <TypedBefore typed={typed} />}
            </>
          )}
          {!provisional && (
            <Suspense>
              <RecruitmentLine siret={siret} />
            </Suspense>
          )}
          <Campaigns siret={siret} name={fullName(establishment)} />
          <Successions establishment={establishment} reads={before !== undefined} />
          {!(provisional && siblings.open + siblings.closed === 0) && <Siblings establishment={establishment} />}
        </div>
      </Columns>
      {before?.mayRecord && <div className="cc-narrow-only cc-sticky">{button}</div>}
      {recording && before?.mayRecord && (
        <RecordExchange siret={siret} name={fullName(establishment)} onClose={() => setRecording(false)} />
      )}
    </Page>
  )
}
