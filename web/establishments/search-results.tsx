import { useEffect, useMemo, useRef, useState } from 'react'
import type { searchEstablishments } from '../../contract/establishments.ts'
import type { Reply } from '../../contract/route.ts'
import { formatCount, formatSiret } from '../platform/format.ts'
import type { useList } from '../platform/list.ts'
import { fullName, type Line, notDiffused } from '../platform/names.ts'
import { useMe } from '../platform/session.ts'
import { useShortcut } from '../platform/shortcuts.ts'
import { TerritoryMap } from '../territories/territory-map.tsx'
import { announce, Badge, Button, ButtonRow, Definition, Empty, Link, Loaded, TagChoice } from '../ui/index.ts'
import { UnknownSiret } from './provisional.tsx'
import { prefetchCard } from './queries.ts'
import { type Filters, filterNames, isNumber, noFilter } from './search-address.ts'
import type { Write } from './search-filters.tsx'
import { activityWords, headcountWords, notDiffusedWhy, townWords } from './words.ts'

type Reading = ReturnType<typeof useList<Reply<typeof searchEstablishments>>>
type Found = Reply<typeof searchEstablishments>['items'][number]

export const stops = () => [...document.querySelectorAll<HTMLElement>('.cc-results [data-row-stop]')]

export const SearchResults = ({
  reading: { query, more },
  filters,
  write,
}: {
  reading: Reading
  filters: Filters
  write: Write
}) => {
  const { data, isPlaceholderData } = query
  const said =
    data && !isPlaceholderData
      ? `${countWords(data.total ?? data.items.length, data.more)} — ${understoodWords(data.understood)}`
      : undefined
  // Spoken once the typing rests: a screen reader would else be cut at each letter.
  useEffect(() => {
    if (!said) return
    const timer = setTimeout(() => announce(said), 700)
    return () => clearTimeout(timer)
  }, [said])
  return (
    <Loaded
      query={query}
      lines={8}
      empty={({ items, understood, unknownSiret }) =>
        items.length === 0 &&
        !isPlaceholderData &&
        (unknownSiret ? (
          <UnknownSiret siret={unknownSiret} />
        ) : (
          <NotFound filters={filters} understood={understood} write={write} />
        ))
      }
    >
      {({ items, total, more: beyond, understood }) => (
        <>
          <p className="cc-finder__said">
            {total === undefined ? (
              ''
            ) : (
              <>
                <strong>{countWords(total, beyond)}</strong> —{' '}
              </>
            )}
            {understoodWords(understood)}
            {beyond && '. Un mot ou un filtre de plus les départage.'}
            {isPlaceholderData && <span className="cc-sign"> (recherche en cours…)</span>}
          </p>
          <ListAndMap items={items} more={more} filters={filters} write={write} />
        </>
      )}
    </Loaded>
  )
}

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

const ListAndMap = ({
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

/** `apart`: repeated under the map, out of the walk through the list. */
const Row = ({
  line,
  shown,
  onShow,
  apart = false,
}: {
  line: Found
  shown: boolean
  onShow: () => void
  apart?: boolean
}) => {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  // A pointer that only crosses the row asks for nothing.
  const near = () => {
    onShow()
    clearTimeout(timer.current)
    timer.current = setTimeout(() => prefetchCard(line.siret), 80)
  }
  const away = () => clearTimeout(timer.current)
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <li
      className="cc-result"
      data-shown={shown || undefined}
      onPointerEnter={near}
      onPointerLeave={away}
      onFocus={near}
      onBlur={away}
    >
      <div className="cc-result__head">
        <Link
          href={`/etablissements/${line.siret}`}
          className="cc-table__link"
          {...(apart ? {} : { 'data-row-stop': line.siret })}
        >
          <RowName line={line} />
        </Link>
        <LineBadges line={line} />
      </div>
      <p className="cc-result__more">
        {[activityWords(line), townWords(line.town), headcountWords(line)].filter(Boolean).join(' · ')}
      </p>
    </li>
  )
}

const RowName = ({ line: { name, sign, siret } }: { line: Line }) =>
  name === null ? (
    <>
      <span className="cc-unnamed">{sign ?? notDiffused}</span>{' '}
      <span className="cc-sign">SIRET {formatSiret(siret)}</span>
    </>
  ) : (
    <>
      {name}
      {sign && sign !== name && <span className="cc-sign"> {sign}</span>}
    </>
  )

const LineBadges = ({ line: { active, headOffice, employer, partialDiffusion, provisional } }: { line: Line }) => {
  const badges = [
    provisional && ['fiche provisoire', 'info'],
    !active && ['fermé', 'warning'],
    headOffice && ['siège', 'neutral'],
    employer === false && ['sans salarié', 'neutral'],
    partialDiffusion && ['diffusion partielle', 'info'],
  ].filter(badge => !!badge) as [string, 'neutral' | 'info' | 'warning'][]
  if (!badges.length) return null
  return (
    <span className="cc-badges">
      {badges.map(([word, tone]) => (
        <Badge key={word} tone={tone}>
          {word}
        </Badge>
      ))}
    </span>
  )
}

/** Counted to 10 000; beyond, it is only known to be more. */
const countWords = (total: number, more: boolean | undefined) =>
  more ? `Plus de ${formatCount(total, 'établissement')}` : formatCount(total, 'établissement')

/**
 * The service says « Nom, enseigne, adresse ou commune : boulangerie », or what it read instead; numbers are spaced for
 * the eye.
 */
const understoodWords = (understood: string) => understood.replace(/\d{14}/, formatSiret)

const NotFound = ({ filters, understood, write }: { filters: Filters; understood: string; write: Write }) => {
  const narrowed = filterNames.some(name => name !== 'etat' && filters[name])
  const open = !filters.etat && !!filters.q && !isNumber(filters.q)
  return (
    <Empty
      title={`Aucun établissement pour cette recherche (${understoodWords(understood)})`}
      action={
        (narrowed || open) && (
          <ButtonRow>
            {narrowed && (
              <Button priority="secondary" onClick={() => write(noFilter)}>
                Chercher sans les filtres
              </Button>
            )}
            {open && (
              <Button priority="secondary" onClick={() => write({ etat: 'tous' })}>
                Chercher aussi parmi les fermés
              </Button>
            )}
          </ButtonRow>
        )
      }
    >
      <p className="fr-mb-1v">À essayer :</p>
      <ul className="fr-mb-0">
        {isNumber(filters.q ?? '') ? (
          <li>vérifier le numéro : un SIRET compte 14 chiffres, un SIREN 9 ;</li>
        ) : (
          <>
            <li>moins de mots, ou un seul mot du nom ;</li>
            <li>le nom inscrit au registre plutôt que celui d’usage, ou l’inverse ;</li>
            <li>le SIRET, s’il figure sur un courrier ou un site de l’entreprise ;</li>
          </>
        )}
        <li>une entreprise créée il y a peu n’est pas encore au registre importé ici ;</li>
        <li>une personne qui a refusé la diffusion de son nom ne se trouve que par son SIRET.</li>
      </ul>
    </Empty>
  )
}
