import { useEffect } from 'react'
import { formatCount } from '../../platform/format.ts'
import { announce, Loaded } from '../../ui/index.ts'
import type { Reading } from './found.ts'
import { NotFound, understoodWords } from './not-found.tsx'
import { UnknownSiret } from './provisional.tsx'
import { ListAndMap } from './results-map.tsx'
import type { Filters } from './search-address.ts'
import type { Write } from './search-filters.tsx'

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

/** Counted to 10 000; beyond, it is only known to be more. */
const countWords = (total: number, more: boolean | undefined) =>
  more ? `Plus de ${formatCount(total, 'établissement')}` : formatCount(total, 'établissement')
