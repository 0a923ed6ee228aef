import { useEffect, useMemo, useState } from 'react'
import { formatCount } from '../../platform/format.ts'
import { fullName } from '../../platform/names.ts'
import { useMe } from '../../platform/session.ts'
import { useShortcut } from '../../platform/shortcuts.ts'
import { Button, Definition, TagChoice } from '../../ui/index.ts'
import { contactWords, useKnownContacts } from '../../work-with-employers/finding/known-contacts.ts'
import { TerritoryMap } from '../territories/territory-map.tsx'
import { type Found, type NotedLine, type Reading, stops } from './found.ts'
import { Noted } from './noted.tsx'
import { Row } from './result-row.tsx'
import type { Filters } from './search-address.ts'
import { useFacts } from './search-columns.tsx'
import type { Write } from './search-filters.tsx'
import { notDiffusedWhy } from './words.ts'

/** Drawn once the rest is there and the browser has time: the map is the heaviest thing of the page. */
const useLater = () => {
  const [later, setLater] = useState(false)
  useEffect(() => {
    if (!('requestIdleCallback' in window)) {
      const timer = setTimeout(() => setLater(true), 300)
      return () => clearTimeout(timer)
    }
    const call = requestIdleCallback(() => setLater(true), { timeout: 2_000 })
    return () => cancelIdleCallback(call)
  }, [])
  return later
}

export const ListAndMap = ({
  items,
  noted,
  more,
  filters: { territoire, vue },
  write,
}: {
  items: readonly Found[]
  noted: readonly NotedLine[]
  more: Reading['more']
  filters: Filters
  write: Write
}) => {
  const { rights } = useMe()
  const [shown, setShown] = useState<string>()
  const later = useLater()
  const facts = useFacts()
  const all = useMemo(() => [...noted, ...items], [noted, items])
  const contacts = useKnownContacts(facts.includes('contact') ? all.map(({ siret }) => siret) : [])
  const knownOf = (siret: string) => {
    const known = contacts.get(siret)
    return known && contactWords(known)
  }
  const drawn = ({ siret }: Found) => ({
    known: knownOf(siret),
    facts,
    shown: siret === shown,
    onShow: () => setShown(siret),
  })
  const points = useMemo(
    () =>
      all.flatMap(line =>
        line.position
          ? [
              {
                id: line.siret,
                ...line.position,
                title: fullName(line),
                ...(line.active ? {} : { tone: 'neutral' as const }),
              },
            ]
          : [],
      ),
    [all],
  )
  const nowhere = all.length - points.length
  const own = rights.find(({ territory: { kind } }) => kind === 'epci' || kind === 'clpe')?.territory.id
  const picked = all.find(({ siret }) => siret === shown)
  const show = (siret: string) => {
    setShown(siret)
    const link = stops().find(stop => stop.dataset['rowStop'] === siret)
    link?.focus({ preventScroll: true })
    link?.scrollIntoView({ block: 'nearest' })
  }
  const walk = (step: 1 | -1) => {
    const all = stops()
    if (!all.length) return false
    const at = all.indexOf(document.activeElement as HTMLElement)
    all[at === -1 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)]!.focus()
    return undefined
  }
  useShortcut('next', () => walk(1))
  useShortcut('previous', () => walk(-1))
  return (
    <div className="cc-found" data-view={vue ?? 'liste'}>
      <div className="cc-found__toggle">
        <TagChoice
          label="Montrer les résultats"
          options={[
            { value: 'liste', label: 'Liste' },
            { value: 'carte', label: 'Carte' },
          ]}
          value={vue ?? 'liste'}
          onChange={view => write({ vue: view === 'carte' ? view : '' })}
        />
      </div>
      <div className="cc-found__list">
        <Noted lines={noted} drawn={drawn} />
        {items.some(({ name }) => name === null) && (
          <p className="fr-text--sm">
            <Definition term="Pourquoi un nom n’est pas diffusé">{notDiffusedWhy}</Definition>
          </p>
        )}
        {items.length > 0 && (
          <ul className="cc-results" aria-label="Établissements trouvés">
            {items.map(line => (
              <Row key={line.siret} line={line} {...drawn(line)} />
            ))}
          </ul>
        )}
        {more && (
          <div className="cc-table__more">
            <Button priority="secondary" busy={more.busy} onClick={more.onMore}>
              {more.busy ? 'Chargement…' : 'Afficher la suite'}
            </Button>
            {more.left !== undefined && (
              <span className="fr-text--sm fr-mb-0">
                {formatCount(items.length, 'affiché', 'affichés')} sur{' '}
                {formatCount(more.left + items.length, 'établissement')}
              </span>
            )}
          </div>
        )}
      </div>
      <div className="cc-found__map">
        {later ? (
          <TerritoryMap
            label="Carte des établissements trouvés"
            points={points}
            selected={shown}
            onSelect={show}
            onHover={siret => siret && setShown(siret)}
            within={territoire ? Number(territoire) : own}
            height="tall"
          >
            {nowhere > 0 && (
              <p>
                {formatCount(nowhere, 'établissement affiché n’a', 'établissements affichés n’ont')} pas de position au
                registre.
              </p>
            )}
          </TerritoryMap>
        ) : (
          <div className="cc-found__wait" />
        )}
        {picked && (
          <div className="cc-found__picked">
            <ul className="cc-results" aria-label="Choisi sur la carte">
              <Row line={picked} facts={facts} shown={false} onShow={() => {}} apart />
            </ul>
          </div>
        )}
      </div>
    </div>
  )
}
