import { lazy, Suspense, useCallback, useRef, useState } from 'react'
import { closedWords } from '../../agreement/tools/closed-words.ts'
import { ExportList } from '../../exports/export-list.tsx'
import { formatCount, formatList } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { opensData, useMe } from '../../platform/session.ts'
import { dataCategoryWords } from '../../platform/words.ts'
import { Button, Empty, Loaded, LongList, Section } from '../../ui/index.ts'
import { ExchangeEntry } from '../exchanges/exchange-entry.tsx'
import { ChooseExchangeFacts, useExchangeFacts } from '../exchanges/exchange-facts.tsx'
import type { Exchange } from '../exchanges/words.ts'
import { NeedEntry } from '../needs/need-entry.tsx'
import { NeedOf } from '../needs/need-of-exchange.tsx'
import { ServiceEntry } from '../services/service-entry.tsx'
import { CampaignEntry } from './campaign-entry.tsx'
import { HistoryFilters, noNarrowing, useHistoryFilters } from './history-filters.tsx'
import { NoteEntry } from './note-entry.tsx'
import { type HistoryFilter, type HistoryKind, readHistory } from './queries.ts'
import { ReferentEntry } from './referent-entry.tsx'
import './notes.css'

const AddNote = lazy(() => import('./note-dialogs.tsx').then(m => ({ default: m.AddNote })))

const kindCounts: Record<HistoryKind, readonly [string, string]> = {
  exchange: ['échange', 'échanges'],
  note: ['note', 'notes'],
  need: ['besoin', 'besoins'],
  service: ['service utilisé', 'services utilisés'],
  campaign: ['étape de campagne', 'étapes de campagne'],
  referent: ['changement de référent', 'changements de référent'],
}
const allCounts = [
  'échange, note, besoin, service, étape de campagne ou changement de référent',
  'échanges, notes, besoins, services, étapes de campagne et changements de référent',
] as const
const countWords = (count: number, kind: HistoryKind | undefined) =>
  formatCount(count, ...(kind ? kindCounts[kind] : allCounts))

interface Props {
  siret: string
  name: string
  /** It has other establishments. */
  company?: boolean
  /** One records here, hence one notes here. */
  mayNote?: boolean
}
/** All that the network's advisors recorded and noted with this employer, and what campaigns did, who was referent, newest first. */
export const History = ({ siret, name, company = false, mayNote = false }: Props) => {
  const me = useMe()
  const { organisation } = me
  const closed = (['notes', 'besoins'] as const).filter(category => !opensData(me, category))
  const { filter, kind, narrowed, ...filters } = useHistoryFilters(company)
  const [adding, setAdding] = useState(false)
  const facts = useExchangeFacts()
  const { query, more } = useList(['history', siret, filter], readHistory(siret, filter))
  const offerNeed = useCallback(
    (exchange: Exchange) => exchange.content && <NeedOf exchange={exchange} name={name} />,
    [name],
  )
  const seen = useRef(new Map([[organisation.id, organisation.name]]))
  for (const { exchange, note, need, service, campaign, referent } of query.data?.items ?? []) {
    const by = (exchange ?? note ?? need ?? service ?? campaign ?? referent)?.organisation
    if (by) seen.current.set(by.id, by.name)
  }
  const add =
    mayNote && !closed.includes('notes') ? (
      <Button size="small" priority="secondary" icon="fr-icon-add-line" onClick={() => setAdding(true)}>
        Ajouter une note
      </Button>
    ) : undefined
  return (
    <Section title="Historique du réseau" id="historique" actions={add}>
      {closed.length > 0 && (
        <p className="fr-hint-text">
          Hors de cet historique : {formatList(closed.map(category => dataCategoryWords[category].toLowerCase()))}.{' '}
          {closedWords}
        </p>
      )}
      <HistoryFilters siret={siret} company={company} seen={seen.current} {...filters} />
      <Loaded
        query={query}
        lines={4}
        empty={({ items }) =>
          items.length === 0 && <Nothing filtered={narrowed} onAll={() => filters.write(noNarrowing)} />
        }
      >
        {({ items, total }) => (
          <>
            {(!kind || kind === 'exchange') && <HistoryTools siret={siret} filter={filter} alone={!!kind} />}
            <p className="fr-text--sm">
              {countWords(total ?? items.length, kind)}.
              {items.some(({ exchange }) => exchange?.content && !exchange.allowed.length) &&
                ' Un échange se corrige ou s’annule par la personne qui l’a saisi ou les responsables de sa structure.'}
            </p>
            <LongList
              className="cc-history"
              items={items}
              keyOf={({ exchange, note, need, service, campaign, referent }) =>
                (exchange ?? note ?? need ?? service ?? campaign ?? referent)!.id
              }
              usual={160}
              draw={({ exchange, note, need, service, campaign, referent }, key, item) =>
                exchange ? (
                  <ExchangeEntry
                    key={key}
                    exchange={exchange}
                    elsewhere={exchange.siret !== siret}
                    facts={facts}
                    item={item}
                    offer={offerNeed}
                  />
                ) : note ? (
                  <NoteEntry key={key} note={note} elsewhere={note.siret !== siret} item={item} />
                ) : need ? (
                  <NeedEntry key={key} need={need} elsewhere={need.establishment.siret !== siret} item={item} />
                ) : service ? (
                  <ServiceEntry key={key} service={service} elsewhere={service.siret !== siret} item={item} />
                ) : campaign ? (
                  <CampaignEntry key={key} line={campaign} elsewhere={campaign.siret !== siret} item={item} />
                ) : (
                  referent && (
                    <ReferentEntry key={key} line={referent} elsewhere={referent.siret !== siret} item={item} />
                  )
                )
              }
              more={more}
            />
          </>
        )}
      </Loaded>
      {adding && (
        <Suspense fallback={null}>
          <AddNote siret={siret} name={name} onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </Section>
  )
}

/** The file of its exchanges, and what each says. */
const HistoryTools = ({ siret, filter, alone }: { siret: string; filter: HistoryFilter; alone: boolean }) => (
  <div className="cc-history__tools">
    <ExportList
      list="exchanges"
      filter={{ siret, ...filter, kind: undefined }}
      label={alone ? 'Exporter' : 'Exporter les échanges'}
    />
    <ChooseExchangeFacts />
  </div>
)

const Nothing = ({ filtered, onAll }: { filtered: boolean; onAll: () => void }) =>
  filtered ? (
    <Empty
      title="Rien ne répond à ces filtres"
      action={
        <Button priority="secondary" onClick={onAll}>
          Tout afficher
        </Button>
      }
    />
  ) : (
    <Empty title="Aucun échange pour l’instant">
      Chaque échange enregistré par une structure du réseau apparaîtra ici, avec son résultat et la suite prévue ;
      chaque note, chaque besoin, chaque service, ce qu’en font vos campagnes et qui en est référent aussi.
    </Empty>
  )
