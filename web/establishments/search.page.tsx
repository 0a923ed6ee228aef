import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { countFacets, searchEstablishments } from '../../contract/establishments.ts'
import { call } from '../platform/api.ts'
import { useList } from '../platform/list.ts'
import { useAddress } from '../platform/navigation.ts'
import { useMe } from '../platform/session.ts'
import { territoryName } from '../territories/words.ts'
import { Button, ButtonRow, Empty, Notice, Page } from '../ui/index.ts'
import { type Asked, askedOf, type FilterName, filterNames, readFilters } from './search-address.ts'
import { SearchBox } from './search-box.tsx'
import { SearchFilters, type Write } from './search-filters.tsx'
import { SearchResults, stops } from './search-results.tsx'
import './search.css'

/**
 * What is typed, written to the address once one pauses; what the address becomes otherwise (header, Back) comes back
 * to the box.
 */
const useWords = (q: string, write: (q: string) => void) => {
  const [words, setWords] = useState(q)
  const written = useRef(q)
  useEffect(() => {
    if (q !== written.current) {
      written.current = q
      setWords(q)
    }
  }, [q])
  const send = () => {
    if (words.trim() === written.current) return
    written.current = words.trim()
    write(written.current)
  }
  const latest = useRef(send)
  latest.current = send
  // biome-ignore lint/correctness/useExhaustiveDependencies: each keystroke starts the pause again
  useEffect(() => {
    const timer = setTimeout(() => latest.current(), 150)
    return () => clearTimeout(timer)
  }, [words])
  return [words, setWords, send] as const
}

const filterWords: Record<FilterName, string> = {
  territoire: 'territoire',
  activite: 'activité',
  taille: 'taille',
  employeur: 'employeur',
  etat: 'état',
}
const toBox = () => document.querySelector<HTMLElement>('.cc-search input')?.focus()

/** Asked after the results, which never wait for it; given up as soon as the question changes. */
const useFacets = (asked: Asked | undefined, answered: boolean) =>
  useQuery({
    queryKey: ['establishments', 'facets', asked],
    queryFn: ({ signal }) => call(countFacets, { query: asked!, signal }),
    enabled: asked !== undefined && answered,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  })

export default function SearchPage() {
  const [address, writeAddress] = useAddress()
  const { filters, wrong } = readFilters(address)
  // What one chooses is a step that Back undoes; what one is typing is not.
  const write: Write = change => writeAddress(change, { push: true })
  const [words, setWords, search] = useWords(filters.q ?? '', q => writeAddress({ q }))
  const [open, setOpen] = useState(false)
  const asked = askedOf(filters)
  const chosen = filterNames.filter(name => filters[name]).length
  const reading = useList(
    ['establishments', 'search', asked],
    (after, signal) =>
      call(searchEstablishments, { query: { ...asked, limit: 25, ...(after ? { after } : { total: true }) }, signal }),
    { enabled: asked !== undefined },
  )
  const facets = useFacets(asked, reading.query.isSuccess && !reading.query.isPlaceholderData)

  const walk = (event: KeyboardEvent) => {
    const all = stops()
    const at = all.indexOf(event.target as HTMLElement)
    if (at < 0) return
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1, Escape: -1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    if (to < 0) toBox()
    else all[Math.min(to, all.length - 1)]?.focus()
  }
  return (
    <Page title="Établissements" lead="Le registre SIRENE, et ce que le réseau sait de chaque employeur.">
      <SearchBox
        value={words}
        onChange={setWords}
        onSearch={search}
        onDown={() => stops()[0]?.focus()}
        hint="Nom, enseigne, commune, SIRET ou SIREN. La flèche vers le bas mène aux résultats."
      />
      {wrong.length > 0 && (
        <Notice tone="warning">{`L’adresse de la page contient un filtre sans valeur connue (${wrong.map(name => filterWords[name]).join(', ')}) : il est laissé de côté.`}</Notice>
      )}
      <div className="cc-finder">
        <div>
          <div className="cc-finder__toggle">
            <Button
              priority="secondary"
              size="small"
              icon="fr-icon-filter-line"
              expanded={open}
              controls="filtres"
              onClick={() => setOpen(!open)}
            >
              {chosen ? `Filtres (${chosen})` : 'Filtres'}
            </Button>
          </div>
          <section id="filtres" aria-label="Filtres" className="cc-finder__filters" data-open={open}>
            <SearchFilters
              filters={filters}
              facets={asked && facets.data}
              stale={facets.isPlaceholderData}
              write={write}
            />
          </section>
        </div>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows are a shorter way through the links inside, which stay links */}
        <div onKeyDown={walk}>
          {asked ? <SearchResults reading={reading} filters={filters} write={write} /> : <Nothing />}
        </div>
      </div>
    </Page>
  )
}

/** Before anything is asked. */
const Nothing = () => {
  const { rights } = useMe()
  const mine = [...new Map(rights.map(({ territory }) => [territory.id, territory])).values()]
    .filter(({ kind }) => kind !== 'national')
    .slice(0, 3)
  return (
    <Empty
      title="Quel employeur cherchez-vous ?"
      {...(mine.length
        ? {
            action: (
              <ButtonRow>
                {mine.map(territory => (
                  <Button
                    key={territory.id}
                    priority="secondary"
                    href={`/etablissements?territoire=${territory.id}&employeur=oui`}
                  >{`Parcourir les employeurs : ${territoryName(territory)}`}</Button>
                ))}
              </ButtonRow>
            ),
          }
        : {})}
    >
      <p className="fr-mb-1v">Écrivez ci-dessus, par exemple :</p>
      <ul className="fr-mb-0">
        <li>
          un nom ou une enseigne, même incomplets : <em>menuiserie garonne</em> ;
        </li>
        <li>
          un métier et une commune : <em>boulangerie cestas</em> ;
        </li>
        <li>un SIRET ou un SIREN, avec ou sans espaces.</li>
      </ul>
    </Empty>
  )
}
