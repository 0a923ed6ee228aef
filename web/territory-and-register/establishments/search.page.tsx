import { type KeyboardEvent, useState } from 'react'
import { searchEstablishments } from '../../../contract/territory-and-register/establishments.ts'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { useAddress } from '../../platform/navigation.ts'
import { Button, Notice, Page } from '../../ui/index.ts'
import { stops } from './found.ts'
import { FiltersAlone, Nothing } from './nothing-asked.tsx'
import { askedOf, filterNames, readFilters } from './search-address.ts'
import { SearchBox } from './search-box.tsx'
import { filterWords, toBox, useFacets, useWords } from './search-facets.ts'
import { SearchFilters, type Write } from './search-filters.tsx'
import { SearchResults } from './search-results.tsx'
import { useSearchSort } from './search-sort.tsx'
import './search.css'

export default function SearchPage() {
  const [address, writeAddress] = useAddress()
  const { filters, wrong } = readFilters(address)
  // What one chooses is a step that Back undoes; what one is typing is not.
  const write: Write = change => writeAddress(change, { push: true })
  const [words, setWords, search] = useWords(filters.q ?? '', q => writeAddress({ q }))
  const [open, setOpen] = useState(false)
  const asked = askedOf(filters, today())
  const { asked: order } = useSearchSort()
  const chosen = filterNames.filter(name => filters[name]).length
  const reading = useList(
    ['establishments', 'search', asked && { ...asked, ...order }],
    (after, signal) =>
      call(searchEstablishments, {
        query: { ...asked, ...order, limit: 25, ...(after ? { after } : { total: true }) },
        signal,
      }),
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
        hint="Nom, enseigne, commune, standard, SIRET ou SIREN. La flèche vers le bas mène aux résultats."
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
          {asked ? (
            <SearchResults reading={reading} filters={filters} write={write} />
          ) : chosen ? (
            <FiltersAlone write={write} />
          ) : (
            <Nothing />
          )}
        </div>
      </div>
    </Page>
  )
}
