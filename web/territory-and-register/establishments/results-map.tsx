import { useEffect, useMemo, useState } from 'react'
import { formatCount } from '../../platform/format.ts'
import { fullName } from '../../platform/names.ts'
import { useMe } from '../../platform/session.ts'
import { useShortcut } from '../../platform/shortcuts.ts'
import { Button, Definition, TagChoice } from '../../ui/index.ts'
import { TerritoryMap } from '../territories/territory-map.tsx'
import { type Found, type Reading, stops } from './found.ts'
import { Row } from './result-row.tsx'
import type { Filters } from './search-address.ts'
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
  more,
  filters: { territoire, vue },
  write,
}: {
  items: readonly Found[]
  more: Reading['more']
  filters: Filters
  write: Write
}) => {
  const { rights } = useMe()
  const [shown, setShown] = useState<string>()
  const later = useLater()
  const points = useMemo(
    () =>
      items.flatMap(line =>
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
    [items],
  )
  const nowhere = items.length - points.length
  const own = rights.find(({ territory: { kind } }) => kind === 'epci' || kind === 'clpe')?.territory.id
  const picked = items.find(({ siret }) => siret === shown)
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
        {items.some(({ name }) => name === null) && (
          <p className="fr-text--sm">
            <Definition term="Pourquoi un nom n’est pas diffusé">{notDiffusedWhy}</Definition>
          </p>
        )}
        <ul className="cc-results" aria-label="Établissements trouvés">
          {items.map(line => (
            <Row key={line.siret} line={line} shown={line.siret === shown} onShow={() => setShown(line.siret)} />
          ))}
        </ul>
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
              <Row line={picked} shown={false} onShow={() => {}} apart />
            </ul>
          </div>
        )}
      </div>
    </div>
  )
}
