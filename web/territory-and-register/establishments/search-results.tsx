import { useEffect } from 'react'
import { ExportList } from '../../exports/export-list.tsx'
import { formatCount, today } from '../../platform/format.ts'
import { announce, Loaded } from '../../ui/index.ts'
import { SavedViews } from '../../work-with-employers/saved-views/saved-views.tsx'
import type { Reading } from './found.ts'
import { NotFound, understoodWords } from './not-found.tsx'
import { UnknownSiret } from './provisional.tsx'
import { ListAndMap } from './results-map.tsx'
import { askedOf, type Filters } from './search-address.ts'
import { ChooseFacts } from './search-columns.tsx'
import type { Write } from './search-filters.tsx'
import { SearchSort } from './search-sort.tsx'

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
  const asked = askedOf(filters, today())
  const said =
    data && !isPlaceholderData
      ? `${countWords(data.total ?? data.items.length, data.more)} — ${understoodWords(data.understood)}${notedWords(data.noted?.length)}`
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
      empty={({ items, noted, understood, unknownSiret }) =>
        items.length === 0 &&
        !noted &&
        !isPlaceholderData &&
        (unknownSiret ? (
          <UnknownSiret siret={unknownSiret} />
        ) : (
          <NotFound filters={filters} understood={understood} write={write} />
        ))
      }
    >
      {({ items, noted, total, more: beyond, understood, unsorted }) => (
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
          {items.length > 0 && (
            <div className="cc-finder__tools">
              <SearchSort unsorted={!!unsorted} />
              <SavedViews list="search" />
              {asked && !beyond && <ExportList list="search" filter={asked} />}
              <ChooseFacts />
            </div>
          )}
          <ListAndMap items={items} noted={noted ?? none} more={more} filters={filters} write={write} />
        </>
      )}
    </Loaded>
  )
}

const none: readonly never[] = []
const notedWords = (count = 0) =>
  count ? `. ${formatCount(count, 'autre est connu', 'autres sont connus')} du réseau sous ce nom ou ce numéro.` : ''
/** Counted to 10 000; beyond, it is only known to be more. */
const countWords = (total: number, more: boolean | undefined) =>
  total === 0
    ? 'Aucun établissement au registre'
    : more
      ? `Plus de ${formatCount(total, 'établissement')}`
      : formatCount(total, 'établissement')
