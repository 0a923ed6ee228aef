import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatDay } from '../../platform/format.ts'
import { fullName, notDiffused, shownName } from '../../platform/names.ts'
import { usePathParams } from '../../platform/navigation.ts'
import { useShortcut } from '../../platform/shortcuts.ts'
import { Badge, Button, Columns, Definition, Loaded, Notice, Page } from '../../ui/index.ts'
import { Correspondents } from '../../work-with-employers/correspondents/correspondents.tsx'
import { BeforeContact } from '../../work-with-employers/exchanges/before-contact.tsx'
import { History } from '../../work-with-employers/exchanges/history.tsx'
import { beforeContactQuery, campaignsOfQuery, recordingQuery } from '../../work-with-employers/exchanges/queries.ts'
import { RecordExchange } from '../../work-with-employers/exchanges/record-exchange.tsx'
import { Campaigns } from './card-campaigns.tsx'
import { Activity, Identity, Staff, Where } from './card-facts.tsx'
import { Siblings, Successions } from './company.tsx'
import { ProvisionalNotice, TypedBefore, TypedIdentity } from './provisional.tsx'
import { cardQuery } from './queries.ts'
import { activityWords, type Establishment, headcountWords, notDiffusedWhy, townWords } from './words.ts'
import './search.css'

const crumbs = [{ label: 'Établissements', href: '/etablissements' }]

export default function CardPage() {
  const { siret } = usePathParams<{ siret: string }>()
  const query = useQuery(cardQuery(siret))
  // Asked at once, not once the card has come.
  useQuery(beforeContactQuery(siret))
  useQuery(campaignsOfQuery(siret))
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
  useShortcut('new', record, { enabled: before?.mayRecord === true })
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
          <BeforeContact siret={siret} />
          {before && !before.mayRecord && before.whyNot && (
            <Notice title="Vous ne pouvez pas enregistrer d’échange ici">{before.whyNot}</Notice>
          )}
          {!hidden && <Correspondents siret={siret} />}
          {!hidden && <History siret={siret} />}
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
          <Campaigns siret={siret} name={fullName(establishment)} />
          <Successions establishment={establishment} />
          {!(provisional && siblings.open + siblings.closed === 0) && <Siblings establishment={establishment} />}
        </div>
      </Columns>
      {before?.mayRecord && <div className="cc-narrow-only cc-sticky">{button}</div>}
      {recording && <RecordExchange siret={siret} name={fullName(establishment)} onClose={() => setRecording(false)} />}
    </Page>
  )
}
